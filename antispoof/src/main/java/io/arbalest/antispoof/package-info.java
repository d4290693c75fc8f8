/**
 * Protection: nothing spoofed leaves a zone.
 *
 * <p>A port's {@link io.arbalest.antispoof.PortPolicy} says what its zone may send. {@link
 * io.arbalest.antispoof.ProtectionRules} says, as data, which frames are within a policy. Two
 * interpreters read that data: {@link io.arbalest.antispoof.rules.ReferenceEvaluator} in plain
 * Java, and {@link io.arbalest.antispoof.BpfCompiler}, whose program {@link
 * io.arbalest.antispoof.Guard} puts in front of every port. They agree on every frame, and a test
 * tries that on hundreds of thousands.
 *
 * <p>The rules are those of illumos ({@code mac-nospoof}, {@code restricted}, {@code ip-nospoof})
 * and, with any of these on, guards that illumos lacks: tags and wrappers that could hide a header,
 * malformed headers, impossible sources, neighbour discovery that receivers could be fooled by. A
 * link-local IPv6 source must be the EUI-64 one of the VNIC's MAC address (RFC 4291 appendix A) or
 * be listed; stable-privacy ones (RFC 7217) are not derived.
 *
 * <p>Only what a zone sends is judged. Policy lives in maps of the kernel, so replacing one is one
 * map update, and all of it holds while the daemon is dead.
 */
@NullMarked
package io.arbalest.antispoof;

import org.jspecify.annotations.NullMarked;
