package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.LinkRow;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Session;
import io.arbalest.vnic.LinkClass;
import io.arbalest.zone.property.LinkProperties;
import io.arbalest.zone.property.LinkProperty;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reset-linkprop}: the named properties, or all of them, are at their defaults again. */
final class ResetLinkprop implements Action {
  private final HostView host;
  private final Session session;

  @Option(names = {"-p", "--prop"})
  private Optional<String> names = Optional.empty();

  @Option(names = {"-z", "--zone"})
  private Optional<String> zone = Optional.empty();

  @Parameters(arity = "0..1")
  private Optional<String> operand = Optional.empty();

  ResetLinkprop(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    String name = Links.required(operand);
    List<String> wanted =
        names
            .map(PropertyNames::parse)
            .orElse(LinkProperties.all().stream().map(LinkProperty::name).toList());
    LinkRow link = Links.one(host, zone, name);
    if (names.isEmpty() && link.kind() != LinkClass.VNIC) {
      throw Links.notA(name, LinkClass.VNIC);
    }
    PropertyChange change = new PropertyChange(host, session, link, "reset");
    wanted.forEach(property -> change.add(property, (known, spec) -> known.reset(spec)));
    return change.run();
  }
}
