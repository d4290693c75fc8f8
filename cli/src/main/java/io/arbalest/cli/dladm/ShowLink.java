package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.LinkRow;
import io.arbalest.cli.table.RowWriter;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Listing;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code show-link}: every data link, or with {@code -s} what passed it. With {@code -i} the counts
 * come again every so many seconds, after the first time as what was added since.
 */
final class ShowLink implements Action {
  private static final int LONGEST_INTERVAL = 86_400;

  private final HostView host;
  private final Session session;

  @Mixin private final Listing listing = Listing.terse();

  @Option(names = {"-s", "--statistics"})
  private boolean statistics;

  @Option(names = {"-i", "--interval"})
  private Optional<String> interval = Optional.empty();

  @Option(names = {"-z", "--zone"})
  private Optional<String> zone = Optional.empty();

  @Parameters(arity = "0..1")
  private Optional<String> name = Optional.empty();

  ShowLink(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    if (interval.isPresent() && !statistics) {
      throw new VerbException("the option -i can be used only with -s");
    }
    Optional<Duration> pause = interval.map(ShowLink::seconds);
    var writer = listing.writer(statistics ? LinkTables.STATISTICS : LinkTables.LINKS, session);
    if (pause.isEmpty()) {
      session.out(writer.all(Links.find(host, zone, name)));
    } else {
      repeat(writer, pause.get());
    }
    return 0;
  }

  private static Duration seconds(String text) {
    boolean digits = text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int seconds = digits && !text.isEmpty() ? Integer.parseInt(text) : 0;
    if (seconds < 1 || seconds > LONGEST_INTERVAL) {
      throw new VerbException("invalid interval value '" + Words.printable(text) + "'");
    }
    return Duration.ofSeconds(seconds);
  }

  private void repeat(RowWriter<LinkRow> writer, Duration pause) {
    if (listing.isJson()) {
      throw new VerbException("the option -i cannot be used with --json");
    }
    session.out(writer.start());
    Map<String, LinkRow> before = new HashMap<>();
    while (true) {
      List<LinkRow> links = Links.find(host, zone, name);
      for (LinkRow link : links) {
        LinkRow earlier = before.put(link.fullName(), link);
        session.out(writer.row(earlier == null ? link : link.since(earlier)));
      }
      if (!session.waitWhileRead(pause)) {
        return;
      }
    }
  }
}
