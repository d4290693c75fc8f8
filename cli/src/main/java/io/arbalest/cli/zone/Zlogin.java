package io.arbalest.cli.zone;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.ZoneRow;
import io.arbalest.cli.verb.Options;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.Tool;
import io.arbalest.cli.verb.UsageException;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import io.arbalest.vnic.ZoneName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/**
 * The tool {@code zlogin}: runs a command in a zone as the zone's root, on the caller's terminal.
 *
 * <p>The caller's own process becomes the command, so signals, terminal and exit code are the
 * command's. Unlike illumos's, the words go to the command as they are: no shell reads them.
 * Without a command there is a shell. The exit code is 1 when the zone cannot be entered, 2 for
 * words that make no sense.
 */
public final class Zlogin implements Tool {
  private static final int FAILED = 1;
  private static final int MISUSE = 2;
  private static final String USAGE = "usage: zlogin <zone> [<command> [<argument>...]]\n";
  private static final List<String> SHELL = List.of("/bin/sh", "-i");

  private final HostView host;

  private static final class Request {
    @Parameters(arity = "0..*")
    private List<String> words = List.of();
  }

  public Zlogin(HostView host) {
    this.host = host;
  }

  @Override
  public String name() {
    return "zlogin";
  }

  @Override
  public String summary() {
    return "run a command inside a zone";
  }

  @Override
  public boolean readsOnly(List<String> words) {
    return true;
  }

  @Override
  public int run(List<String> words, Session session) {
    if (words.size() == 1 && List.of("--help", "help").contains(words.getFirst())) {
      session.out(USAGE);
      return 0;
    }
    try {
      Request request = new Request();
      Options.read(request, words, true);
      if (request.words.isEmpty()) {
        throw new UsageException("");
      }
      session.output().launch(command(request.words));
      return 0;
    } catch (UsageException e) {
      if (!String.valueOf(e.getMessage()).isEmpty()) {
        session.fail(String.valueOf(e.getMessage()));
      }
      session.output().err(USAGE);
      return MISUSE;
    } catch (VerbException e) {
      session.fail(String.valueOf(e.getMessage()));
      return FAILED;
    }
  }

  private List<String> command(List<String> words) {
    String name = words.getFirst();
    if (name.equals(ZoneName.GLOBAL)) {
      throw new VerbException("'zlogin' not applicable to the global zone");
    }
    ZoneRow zone =
        host.zones().stream()
            .filter(row -> row.name().text().equals(name))
            .findFirst()
            .orElseThrow(() -> new VerbException("zone '" + Words.printable(name) + "' unknown"));
    List<String> command =
        new ArrayList<>(
            host.entry(zone.name())
                .orElseThrow(
                    () ->
                        new VerbException(
                            "login allowed only to running zones ("
                                + name
                                + " is '"
                                + zone.state()
                                + "').")));
    command.addAll(words.size() == 1 ? SHELL : words.subList(1, words.size()));
    return command;
  }
}
