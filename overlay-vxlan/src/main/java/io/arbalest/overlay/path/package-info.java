/**
 * The data path of an overlay in user space.
 *
 * <pre>
 *  zones ─ switch ─ uplink TAP ─► UplinkPort ─► Segmenter / Batch ─► SenderSocket ─► other VTEPs
 *                        ▲                                                               │
 *                        └────────── Coalescer ◄── UdpListener (UDP_GRO) ◄───────────────┘
 * </pre>
 *
 * <p>One {@link io.arbalest.overlay.path.OverlayLoop} per daemon owns the one thread on which all
 * of this runs. Its TAPs and UDP sockets are handles of a Netty epoll event loop and call each
 * other directly: no channel pipeline, no queue, nothing allocated per frame. The payload is never
 * copied in user space: it is read once into a slot and every system call after that points at it
 * there.
 *
 * <p>What the path needs to know of the directory is an immutable {@link
 * io.arbalest.overlay.path.ForwardingTable}, exchanged as a whole; what is not a matter of a table
 * lookup (ARP, neighbour discovery, other group frames) is offered to a {@link
 * io.arbalest.overlay.path.SlowPath}.
 *
 * <p>Memory is {@link java.lang.foreign.MemorySegment} with bounds checks: a hostile frame can make
 * a method refuse it, never make it read or write elsewhere. Multi-byte fields of packets are
 * big-endian; those of the vnet header, iovec, msghdr and cmsg are the machine's own.
 */
@NullMarked
package io.arbalest.overlay.path;

import org.jspecify.annotations.NullMarked;
