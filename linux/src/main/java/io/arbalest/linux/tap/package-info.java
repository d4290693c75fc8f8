/**
 * TAP devices: Ethernet frames to and from user space, {@code Documentation/networking/tuntap.rst}.
 *
 * <p>Each read and each write of a {@link io.arbalest.linux.tap.Tap} is one frame behind one {@link
 * io.arbalest.linux.tap.VnetHeader}. With offloads a frame is an aggregate of up to 64 KiB that
 * whoever reads it has to segment, with checksums that whoever reads it has to finish.
 */
@NullMarked
package io.arbalest.linux.tap;

import org.jspecify.annotations.NullMarked;
