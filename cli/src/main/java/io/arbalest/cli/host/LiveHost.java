package io.arbalest.cli.host;

import io.arbalest.antispoof.learn.Binding;
import io.arbalest.linux.rtnetlink.Address;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.link.Overlay;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkClass;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStats;
import io.arbalest.vnic.PortFacts;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.Switchboard;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.Zone;
import io.arbalest.zone.ZoneSpec;
import io.arbalest.zone.check.Finding;
import io.arbalest.zone.check.HostCheck;
import io.arbalest.zone.host.DropLog;
import io.arbalest.zone.host.Host;
import io.arbalest.zone.host.Stage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The host that a daemon looks after. */
public final class LiveHost implements HostView {
  private static final LinkStats NOTHING =
      new LinkStats(
          new LinkStats.Traffic(0, 0, 0), new LinkStats.Traffic(0, 0, 0), new TreeMap<>());
  private static final String UP = "up";
  private static final String DOWN = "down";
  private static final String UNKNOWN = "unknown";

  private final Host host;

  public LiveHost(Host host) {
    this.host = host;
  }

  @Override
  public void create(EtherstubSpec etherstub) {
    host.createEtherstub(etherstub);
  }

  @Override
  public void create(OverlaySpec overlay) {
    host.createOverlay(overlay);
  }

  @Override
  public void create(VnicSpec vnic) {
    host.createVnic(vnic);
  }

  @Override
  public void deleteEtherstub(LinkName name) {
    host.deleteEtherstub(name);
  }

  @Override
  public void deleteOverlay(LinkName name) {
    host.deleteOverlay(name);
  }

  @Override
  public void deleteVnic(VnicKey key) {
    host.deleteVnic(key);
  }

  @Override
  public void protect(VnicKey key, ProtectionSpec protection) {
    host.setProtection(key, protection);
  }

  @Override
  public Set<InetAddress> learned(VnicKey key) {
    return host.learned().stream()
        .filter(binding -> binding.vnic().equals(key))
        .map(Binding::address)
        .collect(Collectors.toSet());
  }

  @Override
  public Set<InetSocketAddress> vteps() {
    return host.vteps();
  }

  @Override
  public DropLog drops() {
    return host.drops();
  }

  @Override
  public Stage stage() {
    return host.stage();
  }

  @Override
  public List<Finding> check() {
    return HostCheck.of(host);
  }

  @Override
  public List<LinkRow> links() {
    List<LinkRow> links = new ArrayList<>();
    host.desired().etherstubs().forEach(stub -> links.add(etherstub(stub)));
    host.desired().overlays().forEach(overlay -> links.add(overlay(overlay)));
    Map<VnicKey, PortFacts> ports = host.switchboard().ports();
    host.desired().vnics().forEach(vnic -> links.add(vnic(vnic, ports)));
    links.sort(Comparator.comparing(LinkRow::fullName));
    return links;
  }

  private LinkRow etherstub(EtherstubSpec stub) {
    boolean there = host.switchboard().switches().containsKey(stub.name());
    return lower(stub.name(), LinkClass.ETHERSTUB, stub.mtu(), there ? UP : UNKNOWN, NOTHING);
  }

  private LinkRow overlay(OverlaySpec spec) {
    Optional<Overlay> live = live(spec.name());
    return lower(
        spec.name(),
        LinkClass.OVERLAY,
        live.map(Overlay::mtu).orElse(spec.mtu().orElse(0)),
        live.isPresent() ? UP : DOWN,
        live.map(overlay -> host.switchboard().uplinkStats(overlay.name())).orElse(NOTHING));
  }

  private static LinkRow lower(
      LinkName name, LinkClass kind, int mtu, String state, LinkStats stats) {
    return new LinkRow(Optional.empty(), name, kind, mtu, state, stats, Optional.empty());
  }

  private LinkRow vnic(VnicSpec spec, Map<VnicKey, PortFacts> ports) {
    Switchboard board = host.switchboard();
    Optional<PortFacts> port = Optional.ofNullable(ports.get(spec.key()));
    return new LinkRow(
        spec.key().zone(),
        spec.key().name(),
        LinkClass.VNIC,
        port.map(facts -> facts.state().mtu()).orElse(spec.mtu().orElse(0)),
        port.map(facts -> facts.state().up() ? UP : DOWN).orElse(UNKNOWN),
        port.map(facts -> board.stats(spec.key())).orElse(NOTHING),
        Optional.of(new LinkRow.Vnic(spec.over(), spec.mac(), spec.protection())));
  }

  private Optional<Overlay> live(LinkName name) {
    return host.overlays().stream().filter(overlay -> overlay.name().equals(name)).findFirst();
  }

  @Override
  public List<OverlayRow> overlays() {
    return host.overlays().stream()
        .map(
            overlay ->
                new OverlayRow(
                    overlay.name(),
                    overlay.properties(),
                    overlay.health(),
                    overlay.targets(),
                    overlay.statistics().byName()))
        .sorted(Comparator.comparing(OverlayRow::name))
        .toList();
  }

  @Override
  public List<ZoneRow> zones() {
    return host.desired().zones().stream().map(this::row).toList();
  }

  private ZoneRow row(ZoneSpec spec) {
    return new ZoneRow(
        spec.name(),
        spec.slot().number() + 1,
        host.zone(spec.name()).isPresent() ? "running" : "installed",
        host.instance().netnsPin(spec.name().text()).toString(),
        spec.kind().toString());
  }

  @Override
  public List<AddressRow> addresses() {
    List<AddressRow> rows = new ArrayList<>();
    try (Rtnetlink here = Rtnetlink.open()) {
      rows.addAll(addresses(Optional.empty(), here));
    }
    for (Zone zone : host.zones()) {
      try (Rtnetlink there = Rtnetlink.open(zone.network())) {
        rows.addAll(addresses(Optional.of(zone.name()), there));
      }
    }
    return rows;
  }

  private static List<AddressRow> addresses(Optional<ZoneName> zone, Rtnetlink stack) {
    AddressLabels labels = new AddressLabels();
    Map<Integer, List<Address>> byLink =
        stack.addresses().list().stream().collect(Collectors.groupingBy(Address::linkIndex));
    return stack.links().list().stream()
        .flatMap(
            link ->
                byLink.getOrDefault(link.index(), List.of()).stream()
                    .map(address -> labels.row(zone, link.name(), address)))
        .toList();
  }

  @Override
  public Optional<List<String>> entry(ZoneName name) {
    return host.zone(name).map(ZoneEntry::command);
  }
}
