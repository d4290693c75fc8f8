package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.PolicyView;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicSpec;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one VNIC may send.
 *
 * @param mac the VNIC's own address: unicast
 * @param protection which modes are on
 * @param allowed the networks that sources may come from (illumos's {@code allowed-ips}); host bits
 *     zero. With none and no method, {@code ip-nospoof} lets no IPv4, ARP or IPv6 frame out.
 * @param methods how the zone may get addresses by itself
 * @param grants roles beyond those of a plain host
 */
public record PortPolicy(
    MacAddress mac,
    Protection protection,
    List<IpPrefix> allowed,
    Set<DynamicMethod> methods,
    Set<Grant> grants)
    implements PolicyView {

  public PortPolicy {
    if (!mac.isUnicast()) {
      throw InvalidPolicyException.of("mac-address", mac, "a unicast address is allowed");
    }
    allowed = allowed.stream().distinct().toList();
    allowed.forEach(PortPolicy::checkAllowed);
    methods = Set.copyOf(methods);
    grants = Set.copyOf(grants);
  }

  /** A policy of default protection: a fixed address list, no method and no grant. */
  public static PortPolicy of(MacAddress mac, IpPrefix... allowed) {
    return new PortPolicy(mac, Protection.DEFAULT, List.of(allowed), Set.of(), Set.of());
  }

  /**
   * What a VNIC asks for.
   *
   * @throws InvalidPolicyException if it asks for what does not exist or is not allowed
   */
  public static PortPolicy of(VnicSpec vnic) {
    ProtectionSpec wanted = vnic.protection();
    return new PortPolicy(
        vnic.mac().address(),
        Protection.parse(wanted.modes()),
        wanted.allowedIps(),
        Set.of(),
        Set.of());
  }

  /** The same policy under another protection. */
  public PortPolicy with(Protection other) {
    return new PortPolicy(mac, other, allowed, methods, grants);
  }

  private static void checkAllowed(IpPrefix prefix) {
    if (!prefix.network().equals(prefix)) {
      throw InvalidPolicyException.of(
          "allowed-ips",
          prefix,
          "host bits must be zero; %s or %s is allowed"
              .formatted(IpPrefix.host(prefix.address()), prefix.network()));
    }
    boolean host = prefix.length() == prefix.address().getAddress().length * Byte.SIZE;
    if (host && prefix.address().isAnyLocalAddress()) {
      throw InvalidPolicyException.of(
          "allowed-ips", prefix, "the unspecified address can not be allowed");
    }
  }

  /** The switches that the rules ask for. */
  public Set<PolicyFlag> flags() {
    Set<PolicyFlag> flags = EnumSet.noneOf(PolicyFlag.class);
    protection.modes().forEach(mode -> flags.add(mode.flag()));
    methods.forEach(method -> flags.add(method.flag()));
    grants.forEach(grant -> flags.add(grant.flag()));
    if (protection.guards()) {
      flags.add(PolicyFlag.GUARDS);
    }
    if (allowed.isEmpty() && methods.isEmpty()) {
      flags.add(PolicyFlag.ADDRESSLESS);
    }
    return flags;
  }

  @Override
  public boolean has(PolicyFlag flag) {
    return flags().contains(flag);
  }

  @Override
  public long field(PolicyField field) {
    return switch (field) {
      case MAC -> mac.toLong();
      case VTEP_FIRST_PORT -> 1;
      case VTEP_LAST_PORT -> 0;
    };
  }

  @Override
  public boolean contains(PolicySet set, long... key) {
    return switch (set) {
      case SOURCE_IPV4, OWN_IPV4 ->
          anyContains(ByteBuffer.allocate(4).putInt((int) key[0]).array());
      case SOURCE_IPV6, OWN_IPV6 ->
          anyContains(ByteBuffer.allocate(16).putLong(key[0]).putLong(key[1]).array());
      case TRUSTED_IPV4, TRUSTED_IPV6, MAC, VTEP_IPV4, VTEP_IPV6, CLIENT_ID -> false;
    };
  }

  @Override
  public boolean contains(PolicySet set, byte[] key) {
    return false;
  }

  /** Compares octets, not {@code InetAddress}: that one turns ::ffff:a.b.c.d into IPv4. */
  private boolean anyContains(byte[] address) {
    return allowed.stream().anyMatch(prefix -> contains(prefix, address));
  }

  private static boolean contains(IpPrefix prefix, byte[] address) {
    byte[] network = prefix.address().getAddress();
    if (network.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < prefix.length(); bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((network[bit / Byte.SIZE] ^ address[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
