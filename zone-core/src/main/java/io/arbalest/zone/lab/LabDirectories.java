package io.arbalest.zone.lab;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.Vtep;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/** The directory of each overlay of a lab, as the {@code files} plugin reads it. */
final class LabDirectories {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LabDirectories() {}

  /** One station of the file; the names are the plugin's. */
  record Entry(List<String> arp, List<String> ndp, String ip, int port) {}

  /** Where every VNIC on an overlay is: the text of its directory's file. */
  static String json(LabSpec lab, LabName overlay, LabRecord record) {
    Map<String, Entry> entries = new TreeMap<>();
    lab.zones()
        .forEach(
            (zone, at) ->
                at.net().stream()
                    .filter(net -> net.overlay() && net.over().equals(overlay.text()))
                    .forEach(net -> entries.put(mac(record, zone, net), entry(lab, at, net))));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entries);
  }

  private static Entry entry(LabSpec lab, LabSpec.Zone zone, LabSpec.Net net) {
    IpPrefix underlay = Lookup.in(lab.hosts(), zone.host()).underlay();
    return new Entry(
        addresses(net, IpPrefix::isIpv4),
        addresses(net, prefix -> !prefix.isIpv4()),
        IpLiteral.format(underlay.address()),
        Vtep.DEFAULT_PORT);
  }

  private static List<String> addresses(LabSpec.Net net, Predicate<IpPrefix> family) {
    return net.addresses().stream()
        .filter(family)
        .map(prefix -> IpLiteral.format(prefix.address()))
        .toList();
  }

  private static String mac(LabRecord record, LabName zone, LabSpec.Net net) {
    MacAddress mac = Lookup.in(record.macs(), zone + "/" + net.vnic());
    return mac.toColonHex();
  }
}
