package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.LinkRow;
import io.arbalest.cli.verb.Action;
import io.arbalest.vnic.LinkClass;
import io.arbalest.vnic.VnicKey;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete-vnic}: by {@code -z zone} and name, or by {@code zone/name}. */
final class DeleteVnic implements Action {
  private final HostView host;

  @Option(names = {"-z", "--zone"})
  private Optional<String> zone = Optional.empty();

  @Parameters(arity = "0..1")
  private Optional<String> operand = Optional.empty();

  DeleteVnic(HostView host) {
    this.host = host;
  }

  @Override
  public int run() {
    String name = Links.required(operand);
    LinkRow vnic = Links.only(Links.find(host, zone, Optional.of(name), LinkClass.VNIC), name);
    VnicKey key = new VnicKey(vnic.zone(), vnic.name());
    Changes.apply("vnic deletion failed", () -> host.deleteVnic(key));
    return 0;
  }
}
