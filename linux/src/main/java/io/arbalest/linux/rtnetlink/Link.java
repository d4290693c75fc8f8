package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.net.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A link (network interface) as the kernel describes it.
 *
 * @param index unique in its namespace now, reused later; never an identity
 * @param altNames further names, in the kernel's order
 * @param alias free text that an administrator or an owner set
 * @param mac empty if its address is not an Ethernet one
 * @param mtu largest IP packet in bytes
 * @param up administratively up
 * @param running up, with a carrier
 * @param group number that links can be deleted by
 * @param txQueueLength packets
 * @param gsoMaxSize largest aggregate in bytes that the stack hands to it; 0 if unknown
 * @param master index of the bridge or bond that it is a port of
 * @param linkIndex index of the related link; of a veth, its peer, in the namespace of {@code
 *     linkNetnsId}
 * @param linkNetnsId id by which this namespace knows the namespace of the related link; empty if
 *     it is this one
 */
public record Link(
    int index,
    String name,
    List<String> altNames,
    Optional<String> alias,
    LinkKind kind,
    Optional<MacAddress> mac,
    int mtu,
    boolean up,
    boolean running,
    long group,
    int txQueueLength,
    long gsoMaxSize,
    OptionalInt master,
    OptionalInt linkIndex,
    OptionalInt linkNetnsId,
    LinkStatistics statistics) {
  /** Whether it is called so, by its name or one of its alternative names. */
  public boolean isNamed(String candidate) {
    return name.equals(candidate) || altNames.contains(candidate);
  }
}
