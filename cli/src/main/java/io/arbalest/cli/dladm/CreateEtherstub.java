package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Properties;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code create-etherstub}: a switch with no wire. */
final class CreateEtherstub implements Action {
  private final HostView host;

  @Option(names = {"-p", "--prop"})
  private List<String> lists = List.of();

  @Parameters(arity = "0..1")
  private Optional<String> operand = Optional.empty();

  CreateEtherstub(HostView host) {
    this.host = host;
  }

  @Override
  public int run() {
    LinkName name = Links.parse(Links.required(operand));
    Map<String, List<String>> values = Properties.parse(lists, "invalid etherstub property");
    PropertyValues properties = new PropertyValues(values);
    int mtu = properties.mtu().orElse(EtherstubSpec.DEFAULT_MTU);
    properties.requireNoOther();
    Changes.apply("etherstub creation failed", () -> host.create(new EtherstubSpec(name, mtu)));
    return 0;
  }
}
