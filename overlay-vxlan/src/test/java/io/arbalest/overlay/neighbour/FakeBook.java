package io.arbalest.overlay.neighbour;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** An address book that a test fills by hand. */
final class FakeBook implements AddressBook {
  private final Map<ByteBuffer, Long> owners = new HashMap<>();
  private final Set<Long> local = new HashSet<>();
  private final Map<Long, Long> dhcpProxies = new HashMap<>();

  FakeBook remote(String mac, String... addresses) {
    for (String address : addresses) {
      owners.put(ByteBuffer.wrap(Frames.ip(address)), Frames.macBits(mac));
    }
    return this;
  }

  FakeBook local(String mac, String... addresses) {
    local.add(Frames.macBits(mac));
    return remote(mac, addresses);
  }

  FakeBook dhcpProxy(String of, String proxy) {
    dhcpProxies.put(Frames.macBits(of), Frames.macBits(proxy));
    return this;
  }

  @Override
  public long macOf(int ipv4) {
    return owners.getOrDefault(ByteBuffer.allocate(4).putInt(0, ipv4), NONE);
  }

  @Override
  public long macOf(long high, long low) {
    ByteBuffer key = ByteBuffer.allocate(16).putLong(0, high).putLong(8, low);
    return owners.getOrDefault(key, NONE);
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
