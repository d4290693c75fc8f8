package io.arbalest.vnic;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a VNIC asks of its guard, as plain data that travels with the VNIC. What the words mean, and
 * which exist, is for the {@link PortGuard} to say.
 *
 * @param modes names such as {@code mac-nospoof}, in the order given, none twice
 * @param allowedIps networks whose addresses the zone may send from and claim, in the order given
 * @param methods how the zone may get addresses by itself, such as {@code dhcpv4}
 * @param clients the DHCP client identifiers that it may use
 * @param grants roles beyond those of a plain host
 * @param reception what its guard shall do on the way to the zone
 */
public record ProtectionSpec(
    Set<String> modes,
    List<IpPrefix> allowedIps,
    Set<String> methods,
    Clients clients,
    Grants grants,
    Reception reception) {

  /**
   * DHCP client identifiers, as illumos's {@code allowed-dhcp-cids} writes them.
   *
   * @param allowed texts such as {@code 0x0102}, {@code 3.1.2:8:20:11:22:33} or {@code web}
   * @param all whether any identifier will do
   */
  public record Clients(List<String> allowed, boolean all) {
    /** The own MAC address alone. */
    public static final Clients OWN = new Clients(List.of(), false);

    public Clients {
      allowed = List.copyOf(allowed);
    }
  }

  /**
   * What a zone may do that a plain host does not.
   *
   * @param roles names such as {@code dhcp-server} and {@code router}
   * @param macs further MAC addresses to send from and be reached by
   * @param vrrp virtual router identifiers, 1 to 255, whose MAC addresses it may use
   * @param routedPrefixes networks whose packets it may forward, but whose addresses it may not
   *     claim
   */
  public record Grants(
      Set<String> roles, List<MacAddress> macs, Set<Integer> vrrp, List<IpPrefix> routedPrefixes) {
    /** Nothing. */
    public static final Grants NONE = new Grants(Set.of(), List.of(), Set.of(), List.of());

    public Grants {
      roles = ordered(roles);
      macs = List.copyOf(macs);
      vrrp = ordered(vrrp);
      routedPrefixes = List.copyOf(routedPrefixes);
    }
  }

  /**
   * What reaches the zone.
   *
   * @param guards names such as {@code ra-guard}
   * @param trusted addresses of the routers and DHCP servers that those let through
   * @param promiscFiltered whether a promiscuous zone sees no more than its own frames; without, it
   *     gets a copy of all that its switch carries
   */
  public record Reception(Set<String> guards, List<IpPrefix> trusted, boolean promiscFiltered) {
    /** Everything that is the zone's. */
    public static final Reception OPEN = new Reception(Set.of(), List.of(), true);

    public Reception {
      guards = ordered(guards);
      trusted = List.copyOf(trusted);
    }
  }

  /** Asks for nothing. */
  public static final ProtectionSpec NONE = of(Set.of(), List.of());

  public ProtectionSpec {
    modes = ordered(modes);
    allowedIps = List.copyOf(allowedIps);
    methods = ordered(methods);
  }

  /** Modes and addresses, and nothing beyond. */
  public static ProtectionSpec of(Set<String> modes, List<IpPrefix> allowedIps) {
    return new ProtectionSpec(
        modes, allowedIps, Set.of(), Clients.OWN, Grants.NONE, Reception.OPEN);
  }

  private static <T> Set<T> ordered(Collection<T> values) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }
}
