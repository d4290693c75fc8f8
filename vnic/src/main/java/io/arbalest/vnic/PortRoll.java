package io.arbalest.vnic;

import io.arbalest.linux.rtnetlink.Change;
import io.arbalest.linux.rtnetlink.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ports that were made or found, by their VNICs and by their index. For one thread. */
final class PortRoll {
  private final PortKeeper keeper;
  private final Map<VnicKey, PortName> ports = new HashMap<>();
  private final Map<Integer, VnicKey> keys = new HashMap<>();

  PortRoll(PortKeeper keeper) {
    this.keeper = keeper;
  }

  /** Begins anew with what is there; a port keeps the name that it is known by. */
  void read(List<Link> links, PortSurvey survey) {
    Map<VnicKey, PortName> before = Map.copyOf(ports);
    ports.clear();
    keys.clear();
    for (Link link : links) {
      survey.keyOf(link).ifPresent(key -> add(key, nameOf(link, before.get(key))));
    }
  }

  private static PortName nameOf(Link link, @Nullable PortName before) {
    return before != null && before.ifindex() == link.index()
        ? before
        : new PortName(link.index(), link.name());
  }

  void add(VnicKey key, PortName port) {
    ports.put(key, port);
    keys.put(port.ifindex(), key);
  }

  void remove(VnicKey key) {
    PortName port = ports.remove(key);
    if (port != null) {
      keys.remove(port.ifindex());
    }
  }

  Optional<PortName> find(VnicKey key) {
    return Optional.ofNullable(ports.get(key));
  }

  /**
   * The index of a VNIC's port.
   *
   * @throws LinkException if there is none
   */
  int require(VnicKey key) {
    return find(key)
        .orElseThrow(() -> new LinkException(LinkStatus.OBJECT_NOT_FOUND, key.toString()))
        .ifindex();
  }

  /** Attaches what a port that is in a switch lacks, or has of another version. */
  void refilter(SwitchTable table) {
    for (PortName port : ports.values()) {
      if (table.port(port.ifindex()).isPresent()) {
        keeper.refilterUnlessRight(port.ifindex());
      }
    }
  }

  /** Looks at every port. */
  List<PortReport> inspect() {
    return inspect(Set.copyOf(ports.keySet()));
  }

  /** Looks at the ports that something happened to which is not as it should be. */
  List<PortReport> inspect(List<Change> changes) {
    Set<VnicKey> touched = new LinkedHashSet<>();
    for (Change change : changes) {
      VnicKey key = keys.get(change.linkIndex());
      if (key != null && !isRight(key, change)) {
        touched.add(key);
      }
    }
    return inspect(touched);
  }

  private boolean isRight(VnicKey key, Change change) {
    return change instanceof Change.LinkChanged(Link link)
        && find(key).filter(port -> keeper.looksRight(key, port, link)).isPresent();
  }

  private List<PortReport> inspect(Set<VnicKey> some) {
    List<PortReport> reports = new ArrayList<>();
    for (VnicKey key : some) {
      find(key).flatMap(port -> keeper.inspect(key, port)).ifPresent(reports::add);
    }
    return reports;
  }
}
