package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a link to be made shall be. Everything but the name may be left to the kernel. The kernel
 * sets all of it in the message that makes the link, except the alias, which follows in a second
 * one.
 *
 * @param name 1 to 15 bytes
 * @param namespace where it shall be; empty for the namespace of the {@link Rtnetlink}
 * @param mtu bytes
 * @param maxAggregate largest GSO and GRO aggregate in bytes, headers included, IPv4 and IPv6 alike
 * @param group number that links can be deleted by; set together with the link, so it can mark an
 *     owner even if its maker dies at once
 * @param txQueueLength packets
 * @param alias free text, at most 255 bytes
 */
public record NewLink(
    String name,
    Optional<NetworkNamespace> namespace,
    Optional<MacAddress> mac,
    OptionalInt mtu,
    OptionalInt maxAggregate,
    OptionalInt group,
    OptionalInt txQueueLength,
    Optional<String> alias) {
  /** A link with the kernel's defaults. */
  public static NewLink named(String name) {
    return new NewLink(
        name,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  /** Placed in a namespace, which must stay open until the link is made. */
  public NewLink in(NetworkNamespace where) {
    return new NewLink(
        name, Optional.of(where), mac, mtu, maxAggregate, group, txQueueLength, alias);
  }

  public NewLink withMac(MacAddress address) {
    return new NewLink(
        name, namespace, Optional.of(address), mtu, maxAggregate, group, txQueueLength, alias);
  }

  public NewLink withMtu(int bytes) {
    return new NewLink(
        name, namespace, mac, OptionalInt.of(bytes), maxAggregate, group, txQueueLength, alias);
  }

  public NewLink withMaxAggregate(int bytes) {
    return new NewLink(
        name, namespace, mac, mtu, OptionalInt.of(bytes), group, txQueueLength, alias);
  }

  public NewLink withGroup(int number) {
    return new NewLink(
        name, namespace, mac, mtu, maxAggregate, OptionalInt.of(number), txQueueLength, alias);
  }

  public NewLink withTxQueueLength(int packets) {
    return new NewLink(
        name, namespace, mac, mtu, maxAggregate, group, OptionalInt.of(packets), alias);
  }

  public NewLink withAlias(String text) {
    return new NewLink(
        name, namespace, mac, mtu, maxAggregate, group, txQueueLength, Optional.of(text));
  }
}
