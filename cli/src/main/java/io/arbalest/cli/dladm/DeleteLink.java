package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.verb.Action;
import io.arbalest.vnic.LinkClass;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.ZoneName;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Parameters;

/** {@code delete-etherstub} and {@code delete-overlay}: a lower link goes. */
final class DeleteLink implements Action {
  private final HostView host;
  private final LinkClass kind;

  @Parameters(arity = "0..1")
  private Optional<String> operand = Optional.empty();

  DeleteLink(HostView host, LinkClass kind) {
    this.host = host;
    this.kind = kind;
  }

  @Override
  public int run() {
    String name = Links.required(operand);
    LinkName link =
        Links.find(host, Optional.of(ZoneName.GLOBAL), Optional.of(name), kind).getFirst().name();
    boolean overlay = kind == LinkClass.OVERLAY;
    Consumer<LinkName> deletion = overlay ? host::deleteOverlay : host::deleteEtherstub;
    Changes.apply(
        overlay ? "failed to delete " + link : "etherstub deletion failed",
        () -> deletion.accept(link));
    return 0;
  }
}
