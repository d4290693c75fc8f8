package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.LinkRow;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Listing;
import io.arbalest.cli.verb.Session;
import io.arbalest.vnic.LinkClass;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code show-vnic}: the VNICs of all zones. */
final class ShowVnic implements Action {
  private final HostView host;
  private final Session session;

  @Mixin private final Listing listing = new Listing();

  @Option(names = {"-l", "--link"})
  private Optional<String> over = Optional.empty();

  @Option(names = {"-z", "--zone"})
  private Optional<String> zone = Optional.empty();

  @Parameters(arity = "0..1")
  private Optional<String> name = Optional.empty();

  ShowVnic(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    over.ifPresent(lower -> Links.find(host, Optional.empty(), Optional.of(lower)));
    List<LinkRow> vnics =
        Links.find(host, zone, name, LinkClass.VNIC).stream()
            .filter(link -> over.isEmpty() || isOver(link, over.get()))
            .toList();
    session.out(listing.writer(LinkTables.VNICS, session).all(vnics));
    return 0;
  }

  private static boolean isOver(LinkRow link, String lower) {
    return link.vnic().map(vnic -> vnic.over().text().equals(lower)).orElse(false);
  }
}
