package io.arbalest.cli.host;

import io.arbalest.overlay.OverlayProperty;
import io.arbalest.overlay.directory.DirectoryHealth;
import io.arbalest.overlay.directory.Target;
import io.arbalest.vnic.LinkName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An overlay at work.
 *
 * @param properties in the order of {@code dladm show-overlay}
 * @param health whether its directory can do its work
 * @param targets where frames for each MAC address go
 * @param counters by name: what passed it and, as {@code drop/REASON}, what did not
 */
public record OverlayRow(
    LinkName name,
    List<OverlayProperty> properties,
    DirectoryHealth health,
    List<Target> targets,
    Map<String, Long> counters) {
  public OverlayRow {
    properties = List.copyOf(properties);
    targets = List.copyOf(targets);
    counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
  }
}
