package io.arbalest.bench;

import io.arbalest.zone.host.Host;
import io.arbalest.zone.host.HostFixture;
import io.arbalest.zone.host.Stars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** How long a zone with a protected VNIC and two addresses takes, from the first to the 200th. */
final class ZoneBench {
  private static final int ZONES = 200;
  private static final int EDGE = 20;

  private final Consumer<Figure> report;

  ZoneBench(Consumer<Figure> report) {
    this.report = report;
  }

  void run() throws IOException {
    Path folder = Files.createTempDirectory("bench");
    try (HostFixture fixture = new HostFixture(folder, "bench")) {
      Host host = fixture.settle().host();
      host.createEtherstub(Stars.STUB);
      List<Double> millis = new ArrayList<>();
      for (int zone = 0; zone < ZONES; zone++) {
        long start = System.nanoTime();
        host.createZone(Stars.zoneSpec(zone));
        host.createVnic(Stars.vnic(zone));
        host.setAddresses(Stars.vnic(zone).key(), Stars.addresses(zone).prefixes());
        millis.add((System.nanoTime() - start) / 1e6);
      }
      show("a zone with a VNIC, 1st to 20th", millis.subList(0, EDGE));
      show("a zone with a VNIC, 181st to 200th", millis.subList(ZONES - EDGE, ZONES));
    }
    deleteTree(folder);
  }

  private void show(String name, List<Double> millis) {
    report.accept(new Figure(name, "ms", true, millis, "", List.of()));
  }

  private static void deleteTree(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
