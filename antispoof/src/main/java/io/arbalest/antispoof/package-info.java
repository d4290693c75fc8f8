/**
 * Protection: nothing spoofed leaves a zone.
 *
 * <p>A port's {@link io.arbalest.antispoof.PortPolicy} says what its zone may send, and what may
 * reach it. {@link io.arbalest.antispoof.ProtectionRules} says, as data, which frames from the zone
 * are within a policy, and {@link io.arbalest.antispoof.ReceptionRules} which of those to it. Two
 * interpreters read that data: {@link io.arbalest.antispoof.rules.ReferenceEvaluator} in plain
 * Java, and {@link io.arbalest.antispoof.BpfCompiler}, whose program {@link
 * io.arbalest.antispoof.Guard} puts in front of every port. They agree on every frame, and a test
 * tries that on hundreds of thousands.
 *
 * <p>The rules are those of illumos ({@code mac-nospoof}, {@code restricted}, {@code ip-nospoof},
 * {@code dhcp-nospoof}), in two forms. With {@code illumos-compat} each mode gives illumos's
 * verdict on every frame, gaps included. Without, guards stand beside the modes: against tags and
 * wrappers that could hide a header, malformed headers, impossible sources, neighbour discovery and
 * DHCP that receivers could be fooled by, and datagrams to the host's own tunnels. Whatever the
 * strict form lets out, illumos would let out as well, but for what a policy grants and a few
 * packets of which illumos can not tell what they are. A link-local IPv6 source must be the EUI-64
 * one of the zone's MAC address (RFC 4291 appendix A), be listed, or have been learned.
 *
 * <p>Of what a zone receives, only what {@link io.arbalest.antispoof.ReceptionGuard} names is
 * judged. Policy lives in maps of the kernel, so replacing one is one map update, and all of it
 * holds while the daemon is dead.
 */
@NullMarked
package io.arbalest.antispoof;

import org.jspecify.annotations.NullMarked;
