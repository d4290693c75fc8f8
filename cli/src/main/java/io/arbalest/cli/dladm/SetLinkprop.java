package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Properties;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import io.arbalest.zone.property.LinkProperties;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code set-linkprop}. */
final class SetLinkprop implements Action {
  private static final String COMPLAINT = "invalid link properties specified";

  private final HostView host;
  private final Session session;

  @Option(names = {"-p", "--prop"})
  private List<String> lists = List.of();

  @Option(names = {"-z", "--zone"})
  private Optional<String> zone = Optional.empty();

  @Parameters(arity = "0..1")
  private Optional<String> operand = Optional.empty();

  SetLinkprop(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    String name = Links.required(operand);
    if (lists.isEmpty()) {
      throw new VerbException("link property must be specified");
    }
    lists.forEach(SetLinkprop::requireValue);
    var values = Properties.parse(lists, COMPLAINT);
    PropertyChange change = new PropertyChange(host, session, Links.one(host, zone, name), "set");
    values.forEach(
        (property, words) -> {
          requireValue(property, words);
          List<String> all = resolved(property, words);
          change.add(property, (known, spec) -> known.with(spec, all));
        });
    return change.run();
  }

  private List<String> resolved(String property, List<String> words) {
    return LinkProperties.find(property)
        .map(known -> ValueFile.resolve(known, words, session))
        .orElse(words);
  }

  /** A list may start with the name of a property alone. */
  private static void requireValue(String list) {
    String first = list.split(",", 2)[0];
    if (!first.contains("=") && !first.isEmpty()) {
      throw missing(first);
    }
  }

  private static void requireValue(String property, List<String> words) {
    if (words.stream().anyMatch(String::isEmpty)) {
      throw missing(property);
    }
  }

  private static VerbException missing(String property) {
    PropertyNames.require(property);
    return new VerbException("no value specified for '" + Words.printable(property) + "'");
  }
}
