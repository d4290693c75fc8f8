package io.arbalest.zone.lab;

import io.arbalest.linux.netns.PinDirectory;
import io.arbalest.zone.Instance;
import io.arbalest.zone.plan.Progress;
import io.arbalest.zone.store.Kind;
import io.arbalest.zone.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The labs of one machine: each host of a lab is a network namespace with a daemon of its own.
 *
 * <p>Belongs to the main daemon, on its one thread that changes things. A lab is recorded before
 * anything of it is made and forgotten after the last of it is gone, so a lab that a crash left
 * half made can always be brought up again or taken down.
 */
public final class Labs {
  private static final Kind<LabRecord> KIND = new Kind<>("labs", LabRecord.class, LabRecord::lab);

  private final Store store;
  private final LabPlaces places;
  private final LabHosts hosts;

  /** Read by any thread, unlike the store. */
  private volatile boolean empty;

  /**
   * The labs that a store knows.
   *
   * @param environment names the folders of the hosts' daemons
   */
  public Labs(Store store, Instance global, Map<String, String> environment, LabHosts hosts) {
    this.store = store;
    this.places = new LabPlaces(global, environment);
    this.hosts = hosts;
    this.empty = list().isEmpty();
  }

  /** Whether no lab is up, not even partly. Any thread may ask. */
  public boolean isEmpty() {
    return empty;
  }

  /** Removes the folders that labs no longer need. */
  void prune() {
    store.prune();
  }

  /** A lab that is up: what its file said, and what was drawn for it. */
  public record Running(LabSpec spec, LabRecord record) {}

  /**
   * Brings a lab up, or what is up to what its file says now.
   *
   * @throws LabFileException if the file is refused; nothing has changed
   * @throws LabException if a name is taken, or a host could not be brought up; a lab that was not
   *     up before is then taken down again
   */
  public Running up(Path file, Progress progress) {
    LabSpec spec = LabFile.read(file);
    Optional<LabRecord> known = find(spec.name());
    LabRecord before =
        known.orElseGet(() -> LabRecord.empty(spec.name(), !Files.exists(PinDirectory.RUN_NETNS)));
    refuseForeign(spec, before);
    LabRecord record =
        before.grownTo(spec, file.toString(), Draw::macAddress, takenSlots(spec.name()));
    store.put(KIND, record);
    empty = false;
    try {
      new LabBringUp(spec, before, record, places, hosts, progress).run(file);
    } catch (RuntimeException e) {
      if (known.isEmpty()) {
        undo(record, progress, e);
      }
      throw e;
    }
    LabRecord settled = record.shrunkTo(spec);
    store.put(KIND, settled);
    return new Running(spec, settled);
  }

  /**
   * Takes a lab down, from its record alone.
   *
   * @param name which one; may be empty if there is only one
   * @return its name
   */
  public LabName down(Optional<LabName> name, Progress progress) {
    LabRecord record = choose(name);
    takeDown(record, progress);
    return record.name();
  }

  /** Every lab that is up, or partly up. */
  public List<LabRecord> list() {
    return store.load(KIND);
  }

  /** Tries every pair of zones that share a network. */
  public PingMatrix ping(Optional<LabName> name) {
    LabName lab = choose(name).name();
    LabSpec spec = LabFile.read(places.copy(lab));
    return new PingMatrix(
        List.copyOf(spec.zones().keySet()),
        new LabPing(zone -> places.pin(lab, zone.text())).all(spec));
  }

  private void takeDown(LabRecord record, Progress progress) {
    LabTeardown teardown = new LabTeardown(places, progress);
    teardown.hosts(record, record.hosts());
    teardown.rest(record.name());
    store.remove(KIND, record);
    empty = list().isEmpty();
    if (record.madePinFolder()) {
      leavePinFolder();
    }
  }

  /** The folder of pins goes with the last lab of those that found none. */
  private void leavePinFolder() {
    list().stream()
        .findFirst()
        .ifPresentOrElse(
            heir -> store.put(KIND, heir.inheritingPinFolder()), PinDirectory::removeIfEmpty);
  }

  private void undo(LabRecord record, Progress progress, RuntimeException failure) {
    progress.report("undo: " + failure.getMessage());
    try {
      takeDown(record, progress);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void refuseForeign(LabSpec spec, LabRecord before) {
    spec.hosts().keySet().forEach(host -> refuse(spec, host, before.hosts()));
    spec.zones().keySet().forEach(zone -> refuse(spec, zone, before.zones().keySet()));
  }

  private void refuse(LabSpec spec, LabName member, Set<String> ours) {
    Path pin = places.pin(spec.name(), member.text());
    if (Files.exists(pin) && !ours.contains(member.text())) {
      throw new LabException(
          "%s exists and is not this lab's; remove it (ip netns del %s) or rename the lab"
              .formatted(pin, pin.getFileName()));
    }
  }

  private Set<Integer> takenSlots(LabName except) {
    Set<Integer> taken = new HashSet<>();
    list().stream()
        .filter(record -> !record.name().equals(except))
        .forEach(record -> taken.addAll(record.uidSlots().values()));
    return taken;
  }

  private Optional<LabRecord> find(LabName name) {
    return list().stream().filter(record -> record.name().equals(name)).findFirst();
  }

  private LabRecord choose(Optional<LabName> name) {
    List<LabRecord> all = list();
    String names = Names.list(all.stream().map(LabRecord::lab).toList());
    if (name.isPresent()) {
      return find(name.get())
          .orElseThrow(
              () -> new LabException("no lab '%s'; labs: %s".formatted(name.get(), names)));
    }
    if (all.size() != 1) {
      throw new LabException(
          all.isEmpty() ? "no lab is up" : "which lab? give its name; labs: " + names);
    }
    return all.getFirst();
  }
}
