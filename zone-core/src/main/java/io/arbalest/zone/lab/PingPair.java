package io.arbalest.zone.lab;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One zone that is to reach another at an address. */
record PingPair(LabName from, LabName to, InetAddress target) {

  boolean isIpv4() {
    return target instanceof Inet4Address;
  }

  /**
   * Every ordered pair of zones that share a network, once for each address of the second that lies
   * in a prefix of the first. Zones that share none cannot reach each other, and are not tried.
   */
  static List<PingPair> of(LabSpec lab) {
    List<PingPair> pairs = new ArrayList<>();
    lab.zones()
        .forEach(
            (from, source) ->
                lab.zones()
                    .forEach(
                        (to, target) -> {
                          if (!from.equals(to)) {
                            targets(source, target)
                                .forEach(address -> pairs.add(new PingPair(from, to, address)));
                          }
                        }));
    return pairs;
  }

  private static List<InetAddress> targets(LabSpec.Zone source, LabSpec.Zone target) {
    return target.net().stream()
        .flatMap(net -> net.addresses().stream().map(prefix -> Map.entry(net, prefix.address())))
        .filter(entry -> reaches(source, target, entry.getKey(), entry.getValue()))
        .map(Map.Entry::getValue)
        .distinct()
        .toList();
  }

  private static boolean reaches(
      LabSpec.Zone source, LabSpec.Zone target, LabSpec.Net targetNet, InetAddress address) {
    return source.net().stream()
        .filter(net -> net.over().equals(targetNet.over()) && net.overlay() == targetNet.overlay())
        .filter(net -> net.overlay() || source.host().equals(target.host()))
        .flatMap(net -> net.addresses().stream())
        .anyMatch(prefix -> prefix.contains(address));
  }
}
