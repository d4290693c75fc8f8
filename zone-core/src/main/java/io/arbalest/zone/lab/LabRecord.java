package io.arbalest.zone.lab;

import io.arbalest.linux.net.MacAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What is remembered of a lab: enough to take it down from its name alone, and what was drawn for
 * it and must not change when it is brought up again.
 *
 * <p>It is stored before anything is made, so that whatever a crash leaves can be found.
 *
 * @param file the lab file it came from
 * @param hosts names of hosts
 * @param zones each zone's host
 * @param macs each VNIC's MAC address, by {@code ZONE/VNIC}
 * @param uidSlots each zone's range of user ids
 * @param madePinFolder whether {@code /run/netns} was not there before, and is to go with the lab
 */
public record LabRecord(
    String lab,
    String file,
    Set<String> hosts,
    Map<String, String> zones,
    Map<String, MacAddress> macs,
    Map<String, Integer> uidSlots,
    boolean madePinFolder) {

  /** Labs take their ranges of user ids from here on, clear of those of the global zone's zones. */
  static final int FIRST_UID_SLOT = 1024;

  public LabRecord {
    hosts = Set.copyOf(new LinkedHashSet<>(hosts));
    zones = Map.copyOf(zones);
    macs = Map.copyOf(macs);
    uidSlots = Map.copyOf(uidSlots);
  }

  /** Remembers nothing yet of a lab. */
  static LabRecord empty(LabName lab, boolean madePinFolder) {
    return new LabRecord(lab.text(), "", Set.of(), Map.of(), Map.of(), Map.of(), madePinFolder);
  }

  LabName name() {
    return new LabName(lab);
  }

  /**
   * The record of a lab that is about to be made or changed: what was drawn before is kept, and
   * what the older one holds stays named in it until it is gone.
   *
   * @param draw makes a MAC address that is not in the given set
   * @param takenSlots ranges of user ids that other labs use
   */
  LabRecord grownTo(LabSpec spec, String newFile, MacDraw draw, Set<Integer> takenSlots) {
    Set<String> allHosts = new TreeSet<>(hosts);
    spec.hosts().keySet().forEach(host -> allHosts.add(host.text()));
    Map<String, String> allZones = new TreeMap<>(zones);
    spec.zones().forEach((zone, at) -> allZones.put(zone.text(), at.host().text()));
    return new LabRecord(
        lab,
        newFile,
        allHosts,
        allZones,
        drawMacs(spec, draw),
        drawSlots(spec, takenSlots),
        madePinFolder);
  }

  /** The record once nothing is left of what the spec does not name. */
  LabRecord shrunkTo(LabSpec spec) {
    Map<String, String> wanted = new LinkedHashMap<>();
    spec.zones().forEach((zone, at) -> wanted.put(zone.text(), at.host().text()));
    Set<String> wantedHosts = new LinkedHashSet<>();
    spec.hosts().keySet().forEach(host -> wantedHosts.add(host.text()));
    return new LabRecord(lab, file, wantedHosts, wanted, macs, uidSlots, madePinFolder);
  }

  /** The record of a lab that also answers for the folder of pins from now on. */
  LabRecord inheritingPinFolder() {
    return new LabRecord(lab, file, hosts, zones, macs, uidSlots, true);
  }

  private Map<String, MacAddress> drawMacs(LabSpec spec, MacDraw draw) {
    Map<String, MacAddress> drawn = new TreeMap<>(macs);
    spec.zones()
        .forEach(
            (zone, at) ->
                at.net()
                    .forEach(
                        net -> {
                          String key = zone + "/" + net.vnic();
                          net.mac().ifPresent(given -> drawn.put(key, given));
                          drawn.computeIfAbsent(key, k -> draw.unlike(Set.copyOf(drawn.values())));
                        }));
    return drawn;
  }

  private Map<String, Integer> drawSlots(LabSpec spec, Set<Integer> takenSlots) {
    Map<String, Integer> drawn = new TreeMap<>(uidSlots);
    for (LabName zone : spec.zones().keySet()) {
      drawn.computeIfAbsent(
          zone.text(),
          z ->
              IntStream.iterate(FIRST_UID_SLOT, slot -> slot + 1)
                  .filter(slot -> !takenSlots.contains(slot) && !drawn.containsValue(slot))
                  .findFirst()
                  .orElseThrow());
    }
    return drawn;
  }

  /** Draws MAC addresses. */
  @FunctionalInterface
  interface MacDraw {
    MacAddress unlike(Set<MacAddress> taken);
  }
}
