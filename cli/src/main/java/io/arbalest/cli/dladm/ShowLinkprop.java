package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.ListingForm;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code show-linkprop}. Everything that is set is persistent, so {@code -P} leaves out only what a
 * VNIC has learned.
 */
final class ShowLinkprop implements Action {
  private final HostView host;
  private final Session session;

  @Option(names = {"-c", "--parsable", "--parseable"})
  private boolean parsable;

  @Option(names = {"-P", "--persistent"})
  private boolean persistent;

  @Option(names = {"-o", "--output"})
  private Optional<String> fields = Optional.empty();

  @Option(names = {"-p", "--prop"})
  private Optional<String> names = Optional.empty();

  @Option(names = {"-z", "--zone"})
  private Optional<String> zone = Optional.empty();

  @Option(names = "--json")
  private boolean json;

  @Parameters(arity = "0..1")
  private Optional<String> link = Optional.empty();

  ShowLinkprop(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    List<String> wanted = names.map(PropertyNames::parse).orElse(List.of());
    var writer =
        new ListingForm(json, parsable, "-c", fields, true).writer(PropertyRow.TABLE, session);
    List<PropertyRow> rows =
        Links.find(host, zone, link).stream()
            .flatMap(found -> PropertyRow.of(host, found).stream())
            .filter(row -> wanted.isEmpty() || wanted.contains(row.property()))
            .filter(row -> !persistent || !row.property().equals(PropertyRow.LEARNED))
            .toList();
    if (rows.isEmpty() && link.isPresent() && !wanted.isEmpty()) {
      throw new VerbException(
          "link '%s' has no property '%s'"
              .formatted(Words.printable(link.get()), String.join(",", wanted)));
    }
    session.out(writer.all(rows));
    return 0;
  }
}
