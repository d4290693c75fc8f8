package io.arbalest.cli.dladm;

import io.arbalest.cli.dladm.OverlayTables.Place;
import io.arbalest.cli.dladm.OverlayTables.Property;
import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.OverlayRow;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Listing;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.UsageException;
import io.arbalest.cli.verb.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code show-overlay}: properties, or with {@code -f} the health, or with {@code -t} the targets.
 * A name that is not an overlay's is complained of, and the others are shown all the same.
 */
final class ShowOverlay implements Action {
  private final HostView host;
  private final Session session;

  @Mixin private final Listing listing = new Listing();

  @Option(names = {"-f", "--fault"})
  private boolean faults;

  @Option(names = {"-t", "--target"})
  private boolean targets;

  @Parameters(arity = "0..*")
  private List<String> names = List.of();

  ShowOverlay(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    if (faults && targets) {
      throw new UsageException("only one of -f or -t may be used");
    }
    List<OverlayRow> all = host.overlays();
    session.out(show(names.isEmpty() ? all : named(all)));
    return names.stream().allMatch(name -> find(all, name).isPresent()) ? 0 : 1;
  }

  private List<OverlayRow> named(List<OverlayRow> all) {
    return names.stream().flatMap(name -> orWarn(find(all, name), name).stream()).toList();
  }

  private static Optional<OverlayRow> find(List<OverlayRow> all, String name) {
    return all.stream().filter(overlay -> overlay.name().text().equals(name)).findFirst();
  }

  private Optional<OverlayRow> orWarn(Optional<OverlayRow> overlay, String name) {
    if (overlay.isEmpty()) {
      session.warn(Words.printable(name) + " is not an overlay");
    }
    return overlay;
  }

  private String show(List<OverlayRow> overlays) {
    if (faults) {
      return listing.writer(OverlayTables.FAULTS, session).all(overlays);
    }
    if (targets) {
      return listing
          .writer(OverlayTables.TARGETS, session)
          .all(overlays.stream().flatMap(ShowOverlay::places).toList());
    }
    if (listing.isJson()) {
      return listing.writer(OverlayTables.WHOLE, session).all(overlays);
    }
    return listing
        .writer(OverlayTables.PROPERTIES, session)
        .all(overlays.stream().flatMap(ShowOverlay::properties).toList());
  }

  private static Stream<Place> places(OverlayRow overlay) {
    return overlay.targets().stream().map(target -> new Place(overlay, target));
  }

  private static Stream<Property> properties(OverlayRow overlay) {
    return overlay.properties().stream().map(property -> new Property(overlay, property));
  }
}
