package io.arbalest.bench;

import io.arbalest.linux.net.IpPrefix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The same policy as others would write it: allow-lists of nftables at the ingress of the ports of
 * a Linux bridge.
 */
final class NftablesNetwork implements AutoCloseable {
  private static final String HOST = "bench-nft";
  private static final String RULES =
      """
      table netdev PORT {
        set ipv4 { type ipv4_addr; flags interval; elements = { ADDRESSES4 } }
        set ipv6 { type ipv6_addr; flags interval; elements = { ADDRESSES6 } }
        chain in {
          type filter hook ingress device "PORT" priority 0; policy drop;
          ether saddr != MAC drop
          ether type arp arp htype 1 arp ptype ip arp hlen 6 arp plen 4 arp operation { request, reply } arp saddr ether MAC arp saddr ip @ipv4 accept
          ether type ip udp sport 67 drop
          ether type ip udp dport 68 drop
          ether type ip ip saddr @ipv4 accept
          ether type ip6 icmpv6 type { nd-router-advert, nd-redirect } drop
          ether type ip6 icmpv6 type nd-neighbor-advert @th,64,128 != 0xfd000000000000000000000000000001 drop
          ether type ip6 udp sport 547 drop
          ether type ip6 udp dport 546 drop
          ether type ip6 ip6 saddr @ipv6 accept
        }
      }
      """;

  private final KernelNetwork kernel = new KernelNetwork().host(HOST).bridge(HOST, "br0", 1500);
  private int next = 1;

  /** Two zones on the bridge, without rules. */
  List<Endpoint> open() {
    return pair();
  }

  /** Two zones whose ports have rules with so many allowed prefixes of each family. */
  List<Endpoint> protectedBy(int prefixes) {
    int first = next;
    List<Endpoint> pair = pair();
    protect(first, prefixes);
    protect(first + 1, prefixes);
    return pair;
  }

  private List<Endpoint> pair() {
    int network = next;
    return List.of(zone(network), zone(network));
  }

  private Endpoint zone(int network) {
    int number = next++;
    String address = "10.44." + network + "." + number;
    kernel.zone(HOST, "br0", name(number), List.of(address + "/24"), 1500);
    return Endpoint.of(name(number), address);
  }

  private static String name(int number) {
    return "bench-n" + number;
  }

  private static void protect(int number, int prefixes) {
    String zone = name(number);
    String mac = KernelNetwork.macOf(zone);
    String ipv4 = "10.44.0.0/16, " + text(AllowedIps.ipv4(prefixes));
    String ipv6 = "fe80::/64, " + text(AllowedIps.ipv6(prefixes));
    load(
        RULES
            .replace("PORT", KernelNetwork.portOf(zone))
            .replace("MAC", mac)
            .replace("ADDRESSES4", ipv4)
            .replace("ADDRESSES6", ipv6));
  }

  private static String text(IpPrefix[] prefixes) {
    return Arrays.stream(prefixes).map(IpPrefix::toString).collect(Collectors.joining(", "));
  }

  private static void load(String rules) {
    try {
      Path file = Files.createTempFile("bench", ".nft");
      try {
        Files.writeString(file, rules);
        Command.run(List.of("ip", "netns", "exec", HOST, "nft", "-f", file.toString()));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kernel.close();
  }
}
