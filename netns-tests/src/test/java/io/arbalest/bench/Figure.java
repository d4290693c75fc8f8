package io.arbalest.bench;

import java.util.List;
import java.util.Locale;

/**
 * One measured thing: our rounds and, where there is one, the kernel's rounds in the same run.
 *
 * @param unit of the values; more is better unless {@code lessIsBetter}
 * @param baseline what stands against us, or empty
 */
record Figure(
    String name,
    String unit,
    boolean lessIsBetter,
    List<Double> ours,
    String baseline,
    List<Double> theirs) {

  Figure {
    ours = List.copyOf(ours);
    theirs = List.copyOf(theirs);
  }

  double median() {
    return median(ours);
  }

  /** Ours over theirs; above 1 we are better where more is better. */
  double ratio() {
    return theirs.isEmpty() ? Double.NaN : median(ours) / median(theirs);
  }

  String line() {
    String own =
        String.format(Locale.ROOT, "%-44s %10.2f %-7s %s", name, median(), unit, spread(ours));
    if (theirs.isEmpty()) {
      return own;
    }
    return own
        + String.format(
            Locale.ROOT,
            "%n%-44s %10.2f %-7s %s   ratio %.2f%s",
            "  against " + baseline,
            median(theirs),
            unit,
            spread(theirs),
            ratio(),
            lessIsBetter ? " (less is better)" : "");
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"name\":\"%s\",\"unit\":\"%s\",\"lessIsBetter\":%s,\"median\":%.3f,\"rounds\":%s%s}",
        name,
        unit,
        lessIsBetter,
        median(),
        ours,
        theirs.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                ",\"baseline\":\"%s\",\"baselineMedian\":%.3f,\"baselineRounds\":%s,\"ratio\":%.3f",
                baseline,
                median(theirs),
                theirs,
                ratio()));
  }

  private static String spread(List<Double> rounds) {
    return rounds.stream()
        .map(value -> String.format(Locale.ROOT, "%.2f", value))
        .reduce((a, b) -> a + " " + b)
        .map(text -> "[" + text + "]")
        .orElse("");
  }

  private static double median(List<Double> rounds) {
    return rounds.stream().sorted().skip(rounds.size() / 2).findFirst().orElse(Double.NaN);
  }
}
