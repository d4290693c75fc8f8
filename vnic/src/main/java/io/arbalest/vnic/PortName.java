package io.arbalest.vnic;

/**
 * A port as it was when it was made or found.
 *
 * @param ifindex in the daemon's namespace
 * @param name what it is called there
 */
record PortName(int ifindex, String name) {}
