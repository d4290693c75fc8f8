/** ICMP and ICMPv6 echo (RFC 792, RFC 4443 section 4) over raw sockets. */
@NullMarked
package io.arbalest.linux.icmp;

import org.jspecify.annotations.NullMarked;
