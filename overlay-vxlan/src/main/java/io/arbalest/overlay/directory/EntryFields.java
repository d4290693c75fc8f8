package io.arbalest.overlay.directory;

import io.arbalest.linux.net.InvalidAddressException;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.UnderlayAddress;
import io.arbalest.overlay.Vtep;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Collects the fields of one entry of a {@link FilesFormat} file. */
final class EntryFields {
  private static final String IP = "ip";
  private static final String PORT = "port";
  private static final String ARP = "arp";
  private static final String NDP = "ndp";
  private static final String DHCP_PROXY = "dhcp-proxy";
  private static final int MAX_PORT = 65535;
  private static final String VTEP_ALLOWED =
      "one host's IP address is allowed, no name, group, wildcard or link-local address";
  private static final String ARP_ALLOWED = "one station's IPv4 address is allowed";
  private static final String NDP_ALLOWED = "one station's IPv6 address is allowed";

  private final StrictJson json;
  private final Vtep own;
  private final Set<String> seen = new HashSet<>();
  private @Nullable InetAddress ip;
  private int port;
  private List<Inet4Address> arp = List.of();
  private List<Inet6Address> ndp = List.of();
  private Optional<MacAddress> dhcpProxy = Optional.empty();

  EntryFields(StrictJson json, Vtep own) {
    this.json = json;
    this.own = own;
  }

  /** Reads the field that the reader stands at. */
  void read(BiFunction<String, String, MacAddress> unicast) {
    String field = json.name();
    if (!seen.add(field)) {
      throw json.refuse("field", field, "each field once is allowed");
    }
    switch (field) {
      case IP -> ip = underlay(json.string(field, "an IP address in quotes"));
      case PORT -> port = json.integer(field, 1, MAX_PORT);
      case ARP -> arp = json.strings(field, "IPv4 address").stream().map(this::ipv4).toList();
      case NDP -> ndp = json.strings(field, "IPv6 address").stream().map(this::ipv6).toList();
      case DHCP_PROXY ->
          dhcpProxy =
              Optional.of(unicast.apply(json.string(field, "a MAC address in quotes"), field));
      default -> throw json.refuse("field", field, "ip, port, arp, ndp and dhcp-proxy are allowed");
    }
  }

  /** The entry, once its object has ended. */
  DirectoryEntry entry(MacAddress mac) {
    if (ip == null) {
      throw json.missing(IP, "the VTEP's IP address");
    }
    if (port == 0) {
      throw json.missing(PORT, "the VTEP's UDP port");
    }
    return new DirectoryEntry(mac, Vtep.of(ip, port), arp, ndp, dhcpProxy);
  }

  private InetAddress underlay(String text) {
    InetAddress address = parse(IP, text, VTEP_ALLOWED);
    if (!UnderlayAddress.isUsable(address)) {
      throw json.refuse(IP, text, VTEP_ALLOWED);
    }
    if (address instanceof Inet4Address != own.ip() instanceof Inet4Address) {
      throw json.refuse(
          IP, text, "the family of vxlan/listen_ip " + IpLiteral.format(own.ip()) + " is allowed");
    }
    return address;
  }

  private Inet4Address ipv4(String text) {
    if (parse(ARP, text, ARP_ALLOWED) instanceof Inet4Address address && isStation(address)) {
      return address;
    }
    throw json.refuse(ARP, text, ARP_ALLOWED);
  }

  private Inet6Address ipv6(String text) {
    if (parse(NDP, text, NDP_ALLOWED) instanceof Inet6Address address && isStation(address)) {
      return address;
    }
    throw json.refuse(NDP, text, NDP_ALLOWED);
  }

  private static boolean isStation(InetAddress address) {
    return UnderlayAddress.isHost(address) && !address.isLoopbackAddress();
  }

  private InetAddress parse(String field, String text, String allowed) {
    try {
      return IpLiteral.parse(text);
    } catch (InvalidAddressException e) {
      throw json.refuse(field, text, allowed, e);
    }
  }
}
