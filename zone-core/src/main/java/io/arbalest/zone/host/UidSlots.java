package io.arbalest.zone.host;

import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.SpecJson;
import io.arbalest.zone.UidSlot;
import io.arbalest.zone.ZoneSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Chooses user id ranges for zones that leave it to the daemon.
 *
 * <p>Each instance starts looking at a place of its own, drawn from its name, and steps over what
 * the stores of its sibling instances have taken; so two instances that choose at the same moment
 * do not choose the same either.
 */
final class UidSlots {
  private final Instance instance;

  UidSlots(Instance instance) {
    this.instance = instance;
  }

  /** The same spec with every slot chosen; a zone that exists already keeps its own. */
  HostSpec choose(HostSpec wanted, HostSpec current) {
    if (wanted.zones().stream().noneMatch(zone -> zone.slot().isAuto())) {
      return wanted;
    }
    Map<ZoneName, ZoneSpec> existing = new HashMap<>();
    current.zones().forEach(zone -> existing.put(zone.name(), zone));
    Set<UidSlot> taken = ofSiblings();
    wanted.zones().forEach(zone -> taken.add(zone.slot()));
    current.zones().forEach(zone -> taken.add(zone.slot()));
    List<ZoneSpec> chosen = new ArrayList<>();
    for (ZoneSpec zone : wanted.zones()) {
      ZoneSpec old = existing.get(zone.name());
      if (!zone.slot().isAuto()) {
        chosen.add(zone);
      } else {
        chosen.add(zone.with(old != null ? old.slot() : next(taken)));
      }
    }
    return new HostSpec(
        wanted.etherstubs(), wanted.overlays(), chosen, wanted.vnics(), wanted.addresses());
  }

  private UidSlot next(Set<UidSlot> taken) {
    int start = start();
    for (int i = 0; i < UidSlot.COUNT; i++) {
      UidSlot slot = new UidSlot((start + i) % UidSlot.COUNT);
      if (taken.add(slot)) {
        return slot;
      }
    }
    throw new IllegalStateException("all " + UidSlot.COUNT + " ranges of user ids are taken");
  }

  private int start() {
    CRC32 crc = new CRC32();
    crc.update(instance.name().text().getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() % UidSlot.COUNT);
  }

  /** What other instances have stored; a file that cannot be read is theirs to complain about. */
  private Set<UidSlot> ofSiblings() {
    Set<UidSlot> taken = new HashSet<>();
    Path root = instance.state().resolveSibling("");
    String[] siblings = root.toFile().list();
    for (String sibling : siblings == null ? new String[0] : siblings) {
      Path zones = root.resolve(sibling).resolve(SpecStore.ZONES.folder());
      if (!root.resolve(sibling).equals(instance.state()) && Files.isDirectory(zones)) {
        addAll(zones, taken);
      }
    }
    return taken;
  }

  private static void addAll(Path zones, Set<UidSlot> taken) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(zones, "*.json")) {
      for (Path file : files) {
        JsonNode slot = SpecJson.mapper().readTree(file.toFile()).path("spec").path("slot");
        taken.add(UidSlot.parse(slot.asString()));
      }
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      return;
    }
  }
}
