/**
 * Address values: MAC addresses, IP prefixes, and the Internet checksum.
 *
 * <p>Everything here is a value: immutable, comparable, checked when it is made, and free of system
 * calls. Text is read strictly (no host names, no shortened IPv4) and a refusal is an {@link
 * io.arbalest.linux.net.InvalidAddressException} that says what was given and what is allowed.
 */
@NullMarked
package io.arbalest.linux.net;

import org.jspecify.annotations.NullMarked;
