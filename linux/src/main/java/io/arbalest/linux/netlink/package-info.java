/**
 * Netlink, {@code netlink(7)}: the codec of messages and attributes, and the socket.
 *
 * <p>The codec promises: decoding never throws and always ends, for any bytes; what does not parse
 * is left out and {@link io.arbalest.linux.netlink.Attributes#isComplete()} says so; a getter of an
 * attribute that is missing or has the wrong length is empty; writing and reading back gives the
 * same value. Numbers are in the machine's byte order unless a method's name ends in {@code Be}.
 * Lengths count header and payload, and everything is padded to 4 bytes.
 */
@NullMarked
package io.arbalest.linux.netlink;

import org.jspecify.annotations.NullMarked;
