package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.LinkRow;
import io.arbalest.cli.host.SpecEdits;
import io.arbalest.cli.verb.Action;
import io.arbalest.vnic.LinkClass;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/** {@code delete-etherstub} and {@code delete-overlay}: a link goes that no VNIC is over. */
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
        Links.find(host, Optional.of("global"), Optional.of(name), kind).getFirst().name();
    Changes.apply(
        failure(link),
        () -> {
          refuseBusy(link);
          host.converge(SpecEdits.without(host.desired(), link));
        });
    return 0;
  }

  private String failure(LinkName link) {
    return kind == LinkClass.OVERLAY ? "failed to delete " + link : "etherstub deletion failed";
  }

  private void refuseBusy(LinkName link) {
    List<LinkRow> users =
        host.links().stream()
            .filter(row -> row.vnic().map(vnic -> vnic.over().equals(link)).orElse(false))
            .toList();
    if (!users.isEmpty()) {
      throw new LinkException(
          LinkStatus.LINK_BUSY,
          users.stream().map(LinkRow::fullName).collect(Collectors.joining(", ", "", " over it")));
    }
  }
}
