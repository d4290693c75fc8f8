/**
 * Network and user namespaces: make, open, pin, enter, and let go.
 *
 * <p>A namespace is held by a file descriptor on nsfs ({@code namespaces(7)}), so it can neither be
 * confused with another that takes its name nor vanish while it is held. A <em>pin</em> is a bind
 * mount of that file: it keeps the namespace after every process has ended, and in {@code
 * /run/netns} makes {@code ip netns exec NAME} work.
 *
 * <p>Entering is a property of an operating system thread. {@link
 * io.arbalest.linux.netns.NetworkNamespace#call} therefore runs on a platform thread that is made
 * for the call and ends with it; no thread is ever brought back. A socket stays in the namespace in
 * which it was made, so what such a call returns may be used from any thread.
 */
@NullMarked
package io.arbalest.linux.netns;

import org.jspecify.annotations.NullMarked;
