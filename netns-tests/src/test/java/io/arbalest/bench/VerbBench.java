package io.arbalest.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How long one verb takes an operator, from the shell's start of it to its end. */
final class VerbBench {
  private final int runs;
  private final Consumer<Figure> report;

  VerbBench(int runs, Consumer<Figure> report) {
    this.runs = runs;
    this.report = report;
  }

  void run() {
    List<Double> millis = new ArrayList<>();
    for (int run = -2; run < runs; run++) {
      long start = System.nanoTime();
      Arbalest.run("--host", "alpha", "dladm", "show-vnic");
      if (run >= 0) {
        millis.add((System.nanoTime() - start) / 1e6);
      }
    }
    report.accept(new Figure("one verb, dladm show-vnic", "ms", true, millis, "", List.of()));
  }
}
