package io.arbalest.zone.lab;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.zone.Instance;
import io.arbalest.zone.plan.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes hosts of a lab down, whatever state they are in.
 *
 * <p>It asks nothing of the hosts' daemons, which may be dead: it ends the processes inside the
 * namespaces, then lets go of the namespaces, with which every link, filter and address in them
 * vanishes, and last removes pins, mounts and files. Every step tolerates that it was done before.
 */
final class LabTeardown {
  private final LabPlaces places;
  private final Progress progress;

  LabTeardown(LabPlaces places, Progress progress) {
    this.places = places;
    this.progress = progress;
  }

  /** Takes down the named hosts and the zones on them. */
  void hosts(LabRecord record, Set<String> hosts) {
    List<Path> pins = new ArrayList<>();
    record
        .zones()
        .forEach(
            (zone, host) -> {
              if (hosts.contains(host)) {
                pins.add(places.pin(record.name(), zone));
              }
            });
    hosts.forEach(host -> pins.add(places.pin(record.name(), host)));
    endProcesses(pins);
    pins.forEach(this::unpin);
    hosts.stream().sorted().forEach(host -> removeHost(places.host(record.name(), host)));
  }

  /** Removes what the lab had besides its hosts. */
  void rest(LabName lab) {
    unpin(places.hub(lab));
    removeTree(places.folder(lab));
    removeIfEmpty(parent(places.folder(lab)));
    removeIfEmpty(parent(places.hub(lab)));
  }

  private void endProcesses(List<Path> pins) {
    Set<Long> namespaces = pins.stream().map(Occupants::inode).collect(Collectors.toSet());
    List<ProcessHandle> occupants = Occupants.of(namespaces);
    occupants.forEach(
        process ->
            progress.report(
                "end process %d (%s)"
                    .formatted(process.pid(), process.info().command().orElse("?"))));
    Occupants.end(occupants);
  }

  private void unpin(Path pin) {
    if (NetworkNamespace.isPinned(pin) && NetworkNamespace.unpin(pin)) {
      progress.report("remove " + pin.getFileName());
    } else {
      removeFile(pin);
    }
  }

  private void removeHost(Instance host) {
    Mounts.unmountBelow(host.run());
    removeTree(host.run());
    removeTree(host.state());
  }

  /** A pin that a crash left between making the file and mounting on it. */
  private static void removeFile(Path path) {
    try {
      if (Files.isRegularFile(path) && Files.size(path) == 0) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeTree(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path parent(Path path) {
    return path.resolveSibling("");
  }

  private static void removeIfEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isEmpty()) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      // Somebody else's file is in it, or it is gone already: either way not ours to remove.
    }
  }
}
