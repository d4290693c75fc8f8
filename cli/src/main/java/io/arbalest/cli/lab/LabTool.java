package io.arbalest.cli.lab;

import io.arbalest.cli.verb.Listing;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.Subcommands;
import io.arbalest.cli.verb.Tool;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.zone.lab.Labs;
import java.util.List;
import java.util.function.Supplier;

/** The tool {@code lab}. Only the main daemon has it. */
public final class LabTool implements Tool {
  private static final int MISUSE = 2;

  private final Subcommands subcommands;

  /**
   * The tool over the labs of this machine.
   *
   * @param labs asked for them by each run; may refuse with {@link VerbException}
   */
  public LabTool(Supplier<Labs> labs) {
    this.subcommands =
        new Subcommands("lab", "hosts, overlays and zones from one file", MISUSE)
            .add("up FILE", session -> new LabUp(labs.get(), session))
            .add("ping [--json] [LAB]", session -> new LabPing(labs.get(), session))
            .add("list " + Listing.USAGE, session -> new LabList(labs.get(), session))
            .add("down [LAB]", session -> new LabDown(labs.get(), session));
  }

  @Override
  public String name() {
    return subcommands.name();
  }

  @Override
  public String summary() {
    return subcommands.summary();
  }

  @Override
  public int run(List<String> words, Session session) {
    return subcommands.run(words, session);
  }

  /**
   * A lab's records belong to the thread that changes things, so looking at them is its work too.
   */
  @Override
  public boolean readsOnly(List<String> words) {
    return false;
  }
}
