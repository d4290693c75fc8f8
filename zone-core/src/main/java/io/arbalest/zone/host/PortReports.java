package io.arbalest.zone.host;

import io.arbalest.vnic.PortReport;
import io.arbalest.vnic.PortReport.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What somebody from outside did to ports, and what became of it. The last few are kept for a day,
 * or until everything is put in order by a change that was asked for: a filter that somebody took
 * off is worth a question even after it is back. Safe for use by several threads.
 */
final class PortReports implements Consumer<PortReport> {
  /** How many are kept; whoever goes on damaging ports fills the log, not the memory. */
  static final int KEPT = 16;

  /** For how long. */
  static final Duration AGE = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(PortReports.class);

  private final InstantSource clock;
  private final Deque<Dated> kept = new ArrayDeque<>();
  private boolean lost;

  private record Dated(Instant at, PortReport report) {
    boolean isBroken() {
      return report.outcome() == Outcome.BROKEN;
    }

    @Override
    public String toString() {
      return at.truncatedTo(ChronoUnit.SECONDS) + " " + report;
    }
  }

  PortReports(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void accept(PortReport report) {
    LOG.warn("{}", report);
    // What could not be put right before is told of anew, or is right now.
    kept.removeIf(old -> old.isBroken() && old.report.vnic().equals(report.vnic()));
    if (kept.size() == KEPT) {
      kept.removeFirst();
    }
    kept.addLast(new Dated(clock.instant(), report));
    lost |= report.outcome() == Outcome.LOST;
  }

  /** Whether a VNIC has to be made again since the last question. */
  synchronized boolean takeLost() {
    boolean taken = lost;
    lost = false;
    return taken;
  }

  /** What is still wrong, oldest first. */
  List<String> broken() {
    return texts(Dated::isBroken);
  }

  /** What is right again, oldest first. */
  List<String> repaired() {
    return texts(dated -> !dated.isBroken());
  }

  private synchronized List<String> texts(Predicate<Dated> wanted) {
    Instant oldest = clock.instant().minus(AGE);
    kept.removeIf(dated -> dated.at.isBefore(oldest));
    return kept.stream().filter(wanted).map(Dated::toString).toList();
  }

  /** Everything is in order, and somebody has seen to it. */
  synchronized void clear() {
    kept.clear();
  }
}
