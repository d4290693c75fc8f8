package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.PolicyView;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A port's policy on a host that has tunnel end points, which are the same for all ports.
 *
 * @param port what the port's own policy says
 * @param vteps addresses and UDP ports of the host's tunnel end points
 */
public record HostPolicy(PolicyView port, Set<InetSocketAddress> vteps) implements PolicyView {
  public HostPolicy {
    vteps = Set.copyOf(vteps);
  }

  @Override
  public long field(PolicyField field) {
    return switch (field) {
      case MAC -> port.field(field);
      case VTEP_FIRST_PORT -> ports().min().orElse((int) port.field(field));
      case VTEP_LAST_PORT -> ports().max().orElse((int) port.field(field));
    };
  }

  private IntStream ports() {
    return vteps.stream().mapToInt(InetSocketAddress::getPort);
  }

  @Override
  public boolean has(PolicyFlag flag) {
    return port.has(flag);
  }

  @Override
  public boolean contains(PolicySet set, long... key) {
    return switch (set) {
      case VTEP_IPV4, VTEP_IPV6 -> isVtep(PortPolicy.address(set, key), (int) key[key.length - 1]);
      default -> port.contains(set, key);
    };
  }

  private boolean isVtep(byte[] address, int udpPort) {
    return vteps.stream()
        .anyMatch(
            vtep ->
                vtep.getPort() == udpPort
                    && Arrays.equals(vtep.getAddress().getAddress(), address));
  }

  @Override
  public boolean contains(PolicySet set, byte[] key) {
    return port.contains(set, key);
  }
}
