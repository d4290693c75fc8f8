package io.arbalest.antispoof;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The policies that tests share. */
public final class Policies {
  /** A further MAC address that some of them have. */
  public static final MacAddress SECOND_MAC = MacAddress.parse("2:8:20:44:55:67");

  /** The virtual router 7 of IPv4, and that of IPv6. */
  public static final MacAddress VIRTUAL_MAC = MacAddress.parse("0:0:5e:0:1:7");

  public static final MacAddress VIRTUAL_MAC6 = MacAddress.parse("0:0:5e:0:2:7");

  /** Tunnel end points of the host, of all policies. */
  public static final Set<InetSocketAddress> VTEPS =
      Set.of(
          vtep("10.9.0.1", 4789),
          vtep("10.9.0.2", 4791),
          vtep("fd09::1", 4789),
          vtep("fd09::2", 4791));

  private static final List<String> ALLOWED = List.of("10.0.0.5/32", "10.1.0.0/16", "fd00::5/128");
  private static final List<String> LISTED =
      List.of("0xff00010203", "web", "2.43793.0102030405060708");

  private MacAddress mac = Frames.MAC;
  private List<IpPrefix> allowed = List.of();
  private Set<InetAddress> learned = Set.of();
  private Set<String> modes =
      new LinkedHashSet<>(List.of(Protection.DEFAULT.toString().split(",")));
  private Set<String> methods = Set.of();
  private ProtectionSpec.Clients clients = ProtectionSpec.Clients.OWN;
  private Set<String> roles = Set.of();
  private List<MacAddress> macs = List.of();
  private Set<Integer> virtual = Set.of();
  private List<IpPrefix> routed = List.of();
  private Set<String> guards = Set.of();
  private List<IpPrefix> trusted = List.of();

  private Policies() {}

  private static InetSocketAddress vtep(String address, int port) {
    return new InetSocketAddress(IpLiteral.parse(address), port);
  }

  /** The fixed addresses of the fixture, no method. */
  public static Policies fixed() {
    return new Policies().allowed(ALLOWED.toArray(String[]::new));
  }

  /** No address. */
  public static Policies empty() {
    return new Policies();
  }

  /** No address yet, and every method. */
  public static Policies dynamic() {
    return new Policies().methods("dhcpv4", "dhcpv6", "slaac");
  }

  public Policies mac(MacAddress address) {
    mac = address;
    return this;
  }

  public Policies allowed(String... prefixes) {
    allowed = prefixes(prefixes);
    return this;
  }

  public Policies learned(String... addresses) {
    learned = Arrays.stream(addresses).map(IpLiteral::parse).collect(Collectors.toSet());
    return this;
  }

  public Policies modes(String... words) {
    modes = new LinkedHashSet<>(List.of(words));
    return this;
  }

  public Policies methods(String... names) {
    methods = Set.of(names);
    return this;
  }

  /** Identifiers of which {@code ff 00 01 02 03}, {@code web} and a DUID-EN are some. */
  public Policies listedClients() {
    return clients(LISTED, false);
  }

  public Policies anyClient() {
    return clients(List.of(), true);
  }

  public Policies clients(List<String> ids, boolean all) {
    clients = new ProtectionSpec.Clients(ids, all);
    return this;
  }

  public Policies roles(String... names) {
    roles = Set.of(names);
    return this;
  }

  public Policies macs(MacAddress... addresses) {
    macs = List.of(addresses);
    return this;
  }

  public Policies virtualRouters(Integer... identifiers) {
    virtual = new LinkedHashSet<>(List.of(identifiers));
    return this;
  }

  public Policies routed(String... prefixes) {
    routed = prefixes(prefixes);
    return this;
  }

  public Policies reception(String... words) {
    guards = Set.of(words);
    return this;
  }

  public Policies trusting(String... prefixes) {
    trusted = prefixes(prefixes);
    return this;
  }

  private static List<IpPrefix> prefixes(String... texts) {
    return Arrays.stream(texts).map(IpPrefix::parse).toList();
  }

  /** The policy that the switchboard's specification of it makes. */
  public PortPolicy policy() {
    return PortPolicy.of(vnic(), learned);
  }

  /** The VNIC that asks for it. */
  public VnicSpec vnic() {
    return new VnicSpec(
        new VnicKey(Optional.empty(), new LinkName("net0")),
        new LinkName("stub0"),
        MacAssignment.fixed(mac),
        OptionalInt.empty(),
        new ProtectionSpec(
            modes,
            allowed,
            methods,
            clients,
            new ProtectionSpec.Grants(roles, macs, virtual, routed),
            new ProtectionSpec.Reception(guards, trusted, true)));
  }
}
