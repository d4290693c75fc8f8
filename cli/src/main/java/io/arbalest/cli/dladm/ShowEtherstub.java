package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Listing;
import io.arbalest.cli.verb.Session;
import io.arbalest.vnic.LinkClass;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code show-etherstub}. */
final class ShowEtherstub implements Action {
  private final HostView host;
  private final Session session;

  @Mixin private final Listing listing = new Listing();

  @Parameters(arity = "0..1")
  private Optional<String> name = Optional.empty();

  ShowEtherstub(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    var etherstubs = Links.find(host, Optional.empty(), name, LinkClass.ETHERSTUB);
    session.out(listing.writer(LinkTables.ETHERSTUBS, session).all(etherstubs));
    return 0;
  }
}
