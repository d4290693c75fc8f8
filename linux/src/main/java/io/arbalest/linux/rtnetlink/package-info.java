/**
 * Links, addresses, routes, neighbours and traffic control, {@code rtnetlink(7)}.
 *
 * <p>{@link io.arbalest.linux.rtnetlink.Rtnetlink} is the door: it is opened in one network
 * namespace, stays there, and may be used from any thread. What the kernel has is read as records
 * ({@link io.arbalest.linux.rtnetlink.Link}, {@link io.arbalest.linux.rtnetlink.Address}, ...),
 * whose decoders are total; what is wanted is given as records too ({@link
 * io.arbalest.linux.rtnetlink.NewLink}, {@link io.arbalest.linux.rtnetlink.BpfFilter}, ...). Each
 * verb is one request, throws {@link io.arbalest.linux.sys.KernelException} with the kernel's own
 * words, and is preceded by a failpoint.
 *
 * <p>Links are addressed by index. The kernel reuses both indexes and names, so neither is an
 * identity.
 */
@NullMarked
package io.arbalest.linux.rtnetlink;

import org.jspecify.annotations.NullMarked;
