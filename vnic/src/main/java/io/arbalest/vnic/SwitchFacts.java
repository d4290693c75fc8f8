package io.arbalest.vnic;

import java.util.OptionalInt;

/**
 * A switch as the kernel has it.
 *
 * @param name the lower link
 * @param mtu the largest that its VNICs may have, in bytes
 * @param uplink interface index of the way out
 * @param ports how many VNICs it has
 */
public record SwitchFacts(LinkName name, int mtu, OptionalInt uplink, int ports) {}
