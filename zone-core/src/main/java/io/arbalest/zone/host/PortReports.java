package io.arbalest.zone.host;

import io.arbalest.vnic.PortReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What somebody from outside did to ports, and what became of it. The last few are kept for the
 * daemon's health until everything is put in order by a change that was asked for: a filter that
 * somebody took off is worth a question even after it is back. Safe for use by several threads.
 */
final class PortReports implements Consumer<PortReport> {
  /** How many are kept; whoever goes on damaging ports fills the log, not the memory. */
  static final int KEPT = 16;

  private static final Logger LOG = LoggerFactory.getLogger(PortReports.class);

  private final Deque<String> texts = new ArrayDeque<>();
  private boolean lost;

  @Override
  public synchronized void accept(PortReport report) {
    LOG.warn("{}", report);
    if (texts.size() == KEPT) {
      texts.removeFirst();
    }
    texts.addLast(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + report);
    lost |= report.outcome() == PortReport.Outcome.LOST;
  }

  /** Whether a VNIC has to be made again since the last question. */
  synchronized boolean takeLost() {
    boolean taken = lost;
    lost = false;
    return taken;
  }

  /** The last reports, oldest first. */
  synchronized List<String> texts() {
    return List.copyOf(texts);
  }

  /** Everything is in order, and somebody has seen to it. */
  synchronized void clear() {
    texts.clear();
  }
}
