package io.arbalest.zone.lab;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.zone.plan.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Brings one lab from what was before to what its file says. */
final class LabBringUp {
  private static final int LOOPBACK = 1;

  private final LabSpec spec;
  private final LabRecord before;
  private final LabRecord record;
  private final LabPlaces places;
  private final LabHosts daemons;
  private final Progress progress;
  private final LabPlan plan;

  LabBringUp(
      LabSpec spec,
      LabRecord before,
      LabRecord record,
      LabPlaces places,
      LabHosts daemons,
      Progress progress) {
    this.spec = spec;
    this.before = before;
    this.record = record;
    this.places = places;
    this.daemons = daemons;
    this.progress = progress;
    this.plan = new LabPlan(spec, record, overlay -> places.directory(spec.name(), overlay));
  }

  void run(Path file) {
    writeFiles(file);
    dropVanishedHosts();
    Map<LabName, NetworkNamespace> namespaces = new HashMap<>();
    try {
      spec.hosts().keySet().forEach(host -> namespaces.put(host, namespace(host)));
      join(namespaces);
      startDaemons(namespaces);
    } finally {
      namespaces.values().forEach(NetworkNamespace::close);
    }
    spec.hosts().keySet().forEach(this::giveUpZones);
    spec.hosts().keySet().forEach(this::converge);
  }

  private void writeFiles(Path file) {
    try {
      Files.createDirectories(places.folder(spec.name()));
      if (!file.equals(places.copy(spec.name()))) {
        Files.copy(file, places.copy(spec.name()), StandardCopyOption.REPLACE_EXISTING);
      }
      for (LabName overlay : spec.overlays().keySet()) {
        Files.writeString(
            places.directory(spec.name(), overlay), LabDirectories.json(spec, overlay, record));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void dropVanishedHosts() {
    Set<String> vanished = new HashSet<>(before.hosts());
    spec.hosts().keySet().forEach(host -> vanished.remove(host.text()));
    new LabTeardown(places, progress).hosts(before, vanished);
  }

  private NetworkNamespace namespace(LabName host) {
    Path pin = places.pin(spec.name(), host.text());
    if (NetworkNamespace.isPinned(pin)) {
      return NetworkNamespace.open(pin);
    }
    progress.report("host " + host + ": network namespace " + pin.getFileName());
    return pinned(pin);
  }

  private static NetworkNamespace pinned(Path pin) {
    NetworkNamespace namespace = NetworkNamespace.create();
    try (Rtnetlink kernel = Rtnetlink.open(namespace)) {
      kernel.links().setUp(LOOPBACK);
      Files.deleteIfExists(pin);
      namespace.pin(pin);
      return namespace;
    } catch (IOException e) {
      namespace.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
  }

  private void join(Map<LabName, NetworkNamespace> namespaces) {
    List<LabWire.Host> ends =
        spec.hosts().entrySet().stream()
            .map(
                host ->
                    new LabWire.Host(
                        host.getKey().text(),
                        Lookup.in(namespaces, host.getKey()),
                        host.getValue().underlay()))
            .toList();
    Set<String> names = new HashSet<>();
    ends.forEach(end -> names.add(end.name()));
    if (before.hosts().equals(names) && ends.stream().allMatch(LabWire::isConnected)) {
      return;
    }
    progress.report("wire: " + String.join(", ", names.stream().sorted().toList()));
    ends.forEach(LabWire::disconnect);
    connect(ends);
  }

  private void connect(List<LabWire.Host> ends) {
    Path hub = places.hub(spec.name());
    if (NetworkNamespace.isPinned(hub)) {
      NetworkNamespace.unpin(hub);
    }
    if (ends.size() == 2) {
      LabWire.cable(ends.get(0), ends.get(1));
    } else {
      try (NetworkNamespace namespace = pinned(hub)) {
        LabWire.star(namespace, ends);
      }
    }
  }

  /** All at once: most of a start is waiting. */
  private void startDaemons(Map<LabName, NetworkNamespace> namespaces) {
    try (ExecutorService starters = Executors.newCachedThreadPool()) {
      List<Future<?>> starts = new ArrayList<>();
      namespaces.forEach(
          (host, namespace) -> {
            progress.report("host " + host + ": daemon");
            starts.add(
                starters.submit(
                    () -> daemons.start(places.host(spec.name(), host.text()), namespace)));
          });
      starts.forEach(LabBringUp::await);
    }
  }

  private static void await(Future<?> start) {
    try {
      start.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new LabException(String.valueOf(cause.getMessage()), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while daemons start", e);
    }
  }

  /** A zone that moves must leave its old host before the new one can have its name. */
  private void giveUpZones(LabName host) {
    boolean loses =
        before.zones().entrySet().stream()
            .anyMatch(zone -> zone.getValue().equals(host.text()) && !stays(zone.getKey()));
    if (loses) {
      daemons.converge(
          places.host(spec.name(), host.text()),
          plan.host(host, zone -> host.text().equals(before.zones().get(zone.text()))),
          progress);
    }
  }

  private boolean stays(String zone) {
    LabSpec.Zone wanted = spec.zones().get(new LabName(zone));
    return wanted != null && wanted.host().text().equals(before.zones().get(zone));
  }

  private void converge(LabName host) {
    daemons.converge(
        places.host(spec.name(), host.text()),
        plan.host(host),
        line -> progress.report("host " + host + ": " + line));
  }
}
