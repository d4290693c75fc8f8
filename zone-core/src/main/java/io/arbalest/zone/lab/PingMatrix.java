package io.arbalest.zone.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The results of a lab's ping as an operator reads them: one table for IPv4 and one for IPv6,
 * senders down, targets across, round-trip times in milliseconds.
 */
public record PingMatrix(List<LabName> zones, List<PingResult> results) {
  private static final String NOT_TRIED = "-";
  private static final String FAILED = "FAIL";
  private static final int GAP = 2;

  public PingMatrix {
    zones = List.copyOf(zones);
    results = List.copyOf(results);
  }

  /** Whether something was tried and every echo was answered. */
  public boolean isComplete() {
    return !results.isEmpty() && failures().isEmpty();
  }

  /** The results without an answer. */
  public List<PingResult> failures() {
    return results.stream().filter(result -> result.roundTrip().isEmpty()).toList();
  }

  /** The tables as text, without line ends. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    table("IPv4", true, lines);
    table("IPv6", false, lines);
    return lines;
  }

  private void table(String title, boolean ipv4, List<String> lines) {
    List<String> header = new ArrayList<>(List.of(title));
    zones.forEach(zone -> header.add(zone.text()));
    List<List<String>> rows = new ArrayList<>(List.of(header));
    for (LabName from : zones) {
      List<String> row = new ArrayList<>(List.of(from.text()));
      zones.forEach(to -> row.add(cell(from, to, ipv4)));
      rows.add(row);
    }
    int width = rows.stream().flatMap(List::stream).mapToInt(String::length).max().orElse(0) + GAP;
    rows.forEach(row -> lines.add(line(row, width)));
  }

  private String cell(LabName from, LabName to, boolean ipv4) {
    List<PingResult> cell =
        results.stream()
            .filter(r -> r.from().equals(from) && r.to().equals(to) && r.isIpv4() == ipv4)
            .toList();
    if (cell.isEmpty()) {
      return NOT_TRIED;
    }
    return cell.stream().anyMatch(r -> r.roundTrip().isEmpty()) ? FAILED : slowest(cell);
  }

  private static String slowest(List<PingResult> cell) {
    return cell.stream()
        .map(PingResult::roundTrip)
        .flatMap(Optional::stream)
        .max(Duration::compareTo)
        .map(time -> String.format(Locale.ROOT, "%.3f ms", time.toNanos() / 1e6))
        .orElse(NOT_TRIED);
  }

  private static String line(List<String> cells, int width) {
    StringBuilder line = new StringBuilder();
    cells.forEach(cell -> line.append(cell).repeat(" ", width - cell.length()));
    return line.toString().stripTrailing();
  }
}
