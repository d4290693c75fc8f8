package io.arbalest.zone.host;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.ZoneSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Specs of hosts whose zones z0, z1, ... meet on one etherstub, each with two addresses. */
public final class Stars {
  public static final EtherstubSpec STUB = new EtherstubSpec(new LinkName("stub0"), 1500);
  private static final Set<String> PROTECTED = Set.of("mac-nospoof", "restricted", "ip-nospoof");

  private Stars() {}

  public static InetAddress ipv4(int n) {
    return prefix4(n).address();
  }

  public static InetAddress ipv6(int n) {
    return prefix6(n).address();
  }

  public static ZoneName zone(int n) {
    return new ZoneName("z" + n);
  }

  public static VnicKey key(int n) {
    return VnicKey.of(zone(n), new LinkName("net0"));
  }

  public static IpPrefix prefix4(int n) {
    return IpPrefix.parse("10.99." + n / 250 + "." + (n % 250 + 1) + "/16");
  }

  public static IpPrefix prefix6(int n) {
    return IpPrefix.parse("fd99::" + Integer.toHexString(n + 1) + "/64");
  }

  public static ZoneSpec zoneSpec(int n) {
    return ZoneSpec.stackOnly(zone(n));
  }

  public static VnicSpec vnic(int n) {
    List<IpPrefix> allowed = List.of(IpPrefix.host(ipv4(n)), IpPrefix.host(ipv6(n)));
    return new VnicSpec(
        key(n),
        STUB.name(),
        MacAssignment.fixed(MacAddress.of(0x0208_2000_0000L + n + 1)),
        OptionalInt.empty(),
        ProtectionSpec.of(PROTECTED, allowed));
  }

  public static AddressSpec addresses(int n) {
    return new AddressSpec(key(n), List.of(prefix4(n), prefix6(n)));
  }

  /** Zones 0 to count-1, each with a protected VNIC and two addresses on one etherstub. */
  public static HostSpec of(int count) {
    List<ZoneSpec> zones = new ArrayList<>();
    List<VnicSpec> vnics = new ArrayList<>();
    List<AddressSpec> addresses = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      zones.add(zoneSpec(n));
      vnics.add(vnic(n));
      addresses.add(addresses(n));
    }
    return new HostSpec(List.of(STUB), List.of(), zones, vnics, addresses);
  }
}
