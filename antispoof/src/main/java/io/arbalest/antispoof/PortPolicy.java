package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.PolicyView;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.VnicSpec;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one VNIC may send, and what may reach its zone.
 *
 * @param mac the VNIC's own address: unicast
 * @param protection which modes are on
 * @param networks the IP addresses. In strict form, with none to send from and no method, {@code
 *     ip-nospoof} lets no IPv4, ARP or IPv6 frame out.
 * @param methods how the zone may get addresses by itself
 * @param clients the DHCP client identifiers that it may use
 * @param grants roles beyond those of a plain host
 * @param further MAC addresses beside the own one
 * @param reception what the guard does on the way to the zone
 */
public record PortPolicy(
    MacAddress mac,
    Protection protection,
    Networks networks,
    Set<DynamicMethod> methods,
    DhcpClients clients,
    Set<Grant> grants,
    FurtherMacs further,
    Set<ReceptionGuard> reception)
    implements PolicyView {

  public PortPolicy {
    if (!mac.isUnicast()) {
      throw InvalidPolicyException.of("mac-address", mac, "a unicast address is allowed");
    }
    methods = Set.copyOf(methods);
    grants = Set.copyOf(grants);
    reception = Set.copyOf(reception);
  }

  /** A policy of fixed addresses, methods and grants, and nothing beyond. */
  public PortPolicy(
      MacAddress mac,
      Protection protection,
      List<IpPrefix> allowed,
      Set<DynamicMethod> methods,
      Set<Grant> grants) {
    this(
        mac,
        protection,
        Networks.allowing(allowed),
        methods,
        DhcpClients.OWN,
        grants,
        FurtherMacs.NONE,
        Set.of());
  }

  /** A policy of default protection: a fixed address list, no method and no grant. */
  public static PortPolicy of(MacAddress mac, IpPrefix... allowed) {
    return new PortPolicy(mac, Protection.DEFAULT, List.of(allowed), Set.of(), Set.of());
  }

  /**
   * What a VNIC asks for that has learned no address.
   *
   * @throws InvalidPolicyException if it asks for what does not exist or is not allowed
   */
  public static PortPolicy of(VnicSpec vnic) {
    return of(vnic, Set.of());
  }

  /**
   * What a VNIC asks for.
   *
   * @param learned what its zone has got by dynamic methods; an address of a family for which it
   *     has no method any more is left out
   * @throws InvalidPolicyException if it asks for what does not exist or is not allowed
   */
  public static PortPolicy of(VnicSpec vnic, Set<InetAddress> learned) {
    return PolicyReader.read(vnic.mac().address(), vnic.protection(), learned);
  }

  /** The same policy under another protection. */
  public PortPolicy with(Protection other) {
    return new PortPolicy(mac, other, networks, methods, clients, grants, further, reception);
  }

  /** What the VNIC was configured to send from and claim. */
  public List<IpPrefix> allowed() {
    return networks.allowed();
  }

  /** What the zone may send from and claim: {@link PolicySet#OWN_IPV4} and its sister. */
  public List<IpPrefix> own() {
    return networks.own();
  }

  /** What the zone may send from: {@link PolicySet#SOURCE_IPV4} and its sister. */
  public List<IpPrefix> sources() {
    return networks.sources();
  }

  /** Whose messages may reach a guarded zone: {@link PolicySet#TRUSTED_IPV4} and its sister. */
  public List<IpPrefix> trusted() {
    return networks.trusted();
  }

  /**
   * The MAC addresses beside the own one: {@link PolicySet#MAC}. In illumos a frame from a
   * secondary address is spoofed.
   */
  public Set<MacAddress> macs() {
    return protection.compat() ? further.virtual() : further.all();
  }

  /** The identifiers of {@link PolicySet#CLIENT_ID}. */
  public Set<ClientIdentifier> clientIds() {
    return clients.allowed();
  }

  /** The switches that the rules ask for. */
  public Set<PolicyFlag> flags() {
    return Arrays.stream(PolicyFlag.values())
        .filter(this::has)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(PolicyFlag.class)));
  }

  @Override
  public boolean has(PolicyFlag flag) {
    return switch (flag) {
      case MAC_NOSPOOF, RESTRICTED, IP_NOSPOOF, DHCP_NOSPOOF -> protection.has(flag);
      case GUARDS -> protection.guards();
      case ADDRESSLESS -> protection.guards() && methods.isEmpty() && networks.sourceless();
      case ALLOW_ALL_CLIENT_IDS -> clients.all();
      case METHOD_DHCPV4, METHOD_DHCPV6, METHOD_SLAAC ->
          methods.stream().anyMatch(method -> method.flag() == flag);
      case GRANT_DHCP_SERVER, GRANT_ROUTER ->
          grants.stream().anyMatch(grant -> grant.flag() == flag);
      case OWN_ONLY, RA_GUARD, DHCP_GUARD ->
          reception.stream().anyMatch(guard -> guard.flag() == flag);
    };
  }

  @Override
  public long field(PolicyField field) {
    return switch (field) {
      case MAC -> mac.toLong();
      // Tunnel end points are the host's, see HostPolicy: none here.
      case VTEP_FIRST_PORT -> 1;
      case VTEP_LAST_PORT -> 0;
    };
  }

  @Override
  public boolean contains(PolicySet set, long... key) {
    return switch (set) {
      case SOURCE_IPV4, SOURCE_IPV6 -> Networks.anyContains(sources(), address(set, key));
      case OWN_IPV4, OWN_IPV6 -> Networks.anyContains(own(), address(set, key));
      case TRUSTED_IPV4, TRUSTED_IPV6 -> Networks.anyContains(trusted(), address(set, key));
      case MAC -> macs().contains(MacAddress.of(key[0]));
      case VTEP_IPV4, VTEP_IPV6, CLIENT_ID -> false;
    };
  }

  @Override
  public boolean contains(PolicySet set, byte[] key) {
    return set == PolicySet.CLIENT_ID
        && clientIds().stream().anyMatch(id -> Arrays.equals(id.bytes(), key));
  }

  /** The octets of the address that begins a key. */
  static byte[] address(PolicySet set, long... key) {
    return switch (set) {
      case SOURCE_IPV4, OWN_IPV4, TRUSTED_IPV4, VTEP_IPV4 ->
          ByteBuffer.allocate(4).putInt((int) key[0]).array();
      case SOURCE_IPV6, OWN_IPV6, TRUSTED_IPV6, VTEP_IPV6 ->
          ByteBuffer.allocate(16).putLong(key[0]).putLong(key[1]).array();
      case MAC, CLIENT_ID -> throw new IllegalArgumentException(set + " has no addresses");
    };
  }
}
