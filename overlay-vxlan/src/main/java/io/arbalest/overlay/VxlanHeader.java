package io.arbalest.overlay;

/**
 * A VXLAN header, RFC 7348 section 5: what it means, not how it lies in memory.
 *
 * @param vni the network; its I flag is set in every header that this record can stand for
 */
public record VxlanHeader(Vni vni) {}
