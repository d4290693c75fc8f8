package io.arbalest.overlay.directory;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.Vtep;
import io.arbalest.overlay.neighbour.AddressBook;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The stations of an overlay by address; IPv4 addresses are kept apart from IPv6 ones. */
final class StationTable implements AddressBook {
  private static final long LINK_LOCAL_PREFIX = 0xfe80_0000_0000_0000L;
  private static final long UNIVERSAL_BIT = 1L << 41;

  private final Map<Integer, Long> ipv4 = new HashMap<>();
  private final Map<Ipv6Key, Long> ipv6 = new HashMap<>();
  private final Set<Long> local = new HashSet<>();
  private final Map<Long, Long> dhcpProxies = new HashMap<>();

  private record Ipv6Key(long high, long low) {
    static Ipv6Key of(InetAddress address) {
      ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
      return new Ipv6Key(octets.getLong(), octets.getLong());
    }
  }

  StationTable(Vtep own, Collection<DirectoryEntry> entries) {
    for (DirectoryEntry entry : entries) {
      long mac = entry.mac().toLong();
      entry.arp().forEach(a -> ipv4.put(ByteBuffer.wrap(a.getAddress()).getInt(), mac));
      entry.ndp().forEach(a -> ipv6.put(Ipv6Key.of(a), mac));
      entry.dhcpProxy().ifPresent(proxy -> dhcpProxies.put(mac, proxy.toLong()));
      if (entry.vtep().equals(own)) {
        local.add(mac);
      }
    }
    // After the listed addresses, which win over the implied ones.
    entries.forEach(e -> ipv6.putIfAbsent(linkLocal(e.mac()), e.mac().toLong()));
  }

  /** fe80::/64 and the modified EUI-64 of the MAC address, RFC 4291 appendix A. */
  private static Ipv6Key linkLocal(MacAddress mac) {
    long flipped = mac.toLong() ^ UNIVERSAL_BIT;
    long low = (flipped >>> 24) << 40 | 0xff_fe00_0000L | (flipped & 0xff_ffff);
    return new Ipv6Key(LINK_LOCAL_PREFIX, low);
  }

  @Override
  public long macOf(int address) {
    return ipv4.getOrDefault(address, NONE);
  }

  @Override
  public long macOf(long high, long low) {
    return ipv6.getOrDefault(new Ipv6Key(high, low), NONE);
  }

  @Override
  public boolean isLocal(long mac) {
    return local.contains(mac);
  }

  @Override
  public long dhcpProxyOf(long mac) {
    return dhcpProxies.getOrDefault(mac, NONE);
  }
}
