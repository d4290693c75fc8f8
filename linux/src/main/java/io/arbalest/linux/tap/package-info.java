/**
 * TAP devices: links whose other end is a file descriptor, {@code
 * Documentation/networking/tuntap.rst}.
 *
 * <p>A frame is read or written with a {@code virtio_net_hdr} of ten octets before it, so that TCP
 * and UDP super-frames cross in one piece.
 */
@NullMarked
package io.arbalest.linux.tap;

import org.jspecify.annotations.NullMarked;
