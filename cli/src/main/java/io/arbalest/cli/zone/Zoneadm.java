package io.arbalest.cli.zone;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.Subcommands;
import io.arbalest.cli.verb.Tool;
import io.arbalest.cli.verb.Words;
import java.util.List;
import java.util.Optional;

/**
 * The tool {@code zoneadm}: {@code [-z zone] subcommand}. Its exit code is 1 for what cannot be
 * done, 2 for words that make no sense.
 */
public final class Zoneadm implements Tool {
  private static final int FAILED = 1;
  private static final int MISUSE = 2;
  private static final String ZONE = "-z";

  private final HostView host;

  public Zoneadm(HostView host) {
    this.host = host;
  }

  @Override
  public String name() {
    return "zoneadm";
  }

  @Override
  public String summary() {
    return "zones and their states";
  }

  @Override
  public boolean readsOnly(List<String> words) {
    return true;
  }

  @Override
  public int run(List<String> words, Session session) {
    Optional<String> zone = zone(words);
    boolean unknown =
        zone.isPresent()
            && !zone.get().equals("global")
            && host.zones().stream().noneMatch(row -> row.name().text().equals(zone.get()));
    if (unknown) {
      session.fail(Words.printable(zone.get()) + ": No such zone configured");
      return FAILED;
    }
    return tool(zone).run(zone.isPresent() ? words.subList(2, words.size()) : words, session);
  }

  private static Optional<String> zone(List<String> words) {
    return words.size() >= 2 && words.getFirst().equals(ZONE)
        ? Optional.of(words.get(1))
        : Optional.empty();
  }

  private Subcommands tool(Optional<String> zone) {
    return new Subcommands("zoneadm", "", MISUSE)
        .add("list [-cinpv] [--json]", session -> new ListZones(host, session, zone));
  }
}
