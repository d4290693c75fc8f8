/**
 * Answers to ARP and neighbour discovery out of the directory, so that a zone finds its neighbours
 * without a broadcast crossing the underlay.
 *
 * <p>A {@link io.arbalest.overlay.neighbour.NeighbourProxy} looks at every group-addressed frame
 * that leaves a zone for the overlay and says what becomes of it. Its rules are illumos's varpd
 * rules, with these differences:
 *
 * <ul>
 *   <li>An address that the directory does not know is asked for by head-end replication, because
 *       {@code arp} and {@code ndp} are optional in the directory. illumos drops the question.
 *   <li>A probe of duplicate address detection (ARP with sender 0.0.0.0, RFC 5227; neighbour
 *       solicitation from {@code ::}, RFC 4862) for an address that the directory places with
 *       another MAC is answered in that MAC's name, so that the duplicate is found. A probe for the
 *       prober's own or an unknown address is replicated, so that a real duplicate can object.
 *   <li>A frame that claims, as its sender, an address that the directory places elsewhere goes no
 *       further; a gratuitous ARP request that does so is answered in the owner's name.
 *   <li>The link-local address that each MAC of the directory implies (modified EUI-64) is known
 *       without being listed.
 *   <li>An address whose owner lives on this host is neither answered nor replicated: the switch
 *       has given the owner its copy, and the owner answers.
 * </ul>
 *
 * <p>Everything here is total: any bytes of any length give a verdict and never an exception.
 */
@NullMarked
package io.arbalest.overlay.neighbour;

import org.jspecify.annotations.NullMarked;
