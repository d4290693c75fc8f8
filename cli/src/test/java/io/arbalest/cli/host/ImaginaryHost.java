package io.arbalest.cli.host;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.HostPolicy;
import io.arbalest.antispoof.PortPolicy;
import io.arbalest.antispoof.Rehearsal;
import io.arbalest.antispoof.explain.Explanation;
import io.arbalest.antispoof.explain.Verdicts;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.overlay.OverlayProperty;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.Vtep;
import io.arbalest.overlay.directory.DirectoryHealth;
import io.arbalest.overlay.directory.Target;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkClass;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStats;
import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.ZoneSpec;
import io.arbalest.zone.check.Finding;
import io.arbalest.zone.host.DropLog;
import io.arbalest.zone.host.Stage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A host that is only its spec: whatever is wanted is there. */
public final class ImaginaryHost implements HostView {
  private HostSpec spec = HostSpec.EMPTY;
  private final List<ZoneRow> stopped = new ArrayList<>();
  private final List<AddressRow> addresses = new ArrayList<>();
  private final TreeMap<String, Long> dropped = new TreeMap<>();
  private final Map<VnicKey, Set<InetAddress>> learned = new HashMap<>();
  private final ImaginaryDrops drops = new ImaginaryDrops();
  private final List<Finding> findings = new ArrayList<>();
  private Optional<Rehearsal> rehearsed = Optional.empty();
  private Optional<RuntimeException> mute = Optional.empty();
  private LinkStats.Traffic out = new LinkStats.Traffic(0, 0, 0);
  private int changes;
  private Optional<RuntimeException> failure = Optional.empty();
  private DirectoryHealth health = DirectoryHealth.ONLINE;

  /** A running zone. */
  public ImaginaryHost zone(String name) {
    var zones = new ArrayList<>(spec.zones());
    zones.add(ZoneSpec.stackOnly(new ZoneName(name)));
    spec = new HostSpec(spec.etherstubs(), spec.overlays(), zones, spec.vnics(), spec.addresses());
    return this;
  }

  /** A zone that does not run. */
  public ImaginaryHost stoppedZone(String name) {
    stopped.add(
        new ZoneRow(new ZoneName(name), 9, "configured", "/run/netns/" + name, "stack-only"));
    return this;
  }

  public ImaginaryHost address(String zone, String link, String label, String prefix) {
    Optional<ZoneName> owner = zone.isEmpty() ? Optional.empty() : Optional.of(new ZoneName(zone));
    addresses.add(new AddressRow(owner, link, label, "static", "ok", IpPrefix.parse(prefix)));
    return this;
  }

  /** What every VNIC says it has sent and dropped from now on. */
  public void count(LinkStats.Traffic sent, Map<String, Long> lost) {
    out = sent;
    dropped.putAll(lost);
  }

  /** Lets the next changes fail. */
  public void failWith(RuntimeException e) {
    failure = Optional.of(e);
  }

  public void degrade(String fault) {
    health = DirectoryHealth.degraded(fault);
  }

  /** Lets a VNIC hold what it has got by a dynamic method. */
  public void learn(String key, String... literals) {
    learned.put(
        VnicKey.parse(key),
        Arrays.stream(literals).map(IpLiteral::parse).collect(Collectors.toSet()));
  }

  /** Its drops, for a test to add to. */
  public ImaginaryDrops dropLog() {
    return drops;
  }

  /** Lets the running programs say this of every frame, whatever the model says. */
  public void rehearseAs(Rehearsal verdict) {
    rehearsed = Optional.of(verdict);
  }

  /** Lets the running programs be unable to say anything. */
  public void rehearseWith(RuntimeException e) {
    mute = Optional.of(e);
  }

  public void find(Finding finding) {
    findings.add(finding);
  }

  /** What is wanted of it. */
  public HostSpec spec() {
    return spec;
  }

  @Override
  public void create(EtherstubSpec etherstub) {
    change(plus(spec.etherstubs(), etherstub), spec.overlays(), spec.vnics());
  }

  @Override
  public void create(OverlaySpec overlay) {
    change(spec.etherstubs(), plus(spec.overlays(), overlay), spec.vnics());
  }

  @Override
  public void create(VnicSpec vnic) {
    change(spec.etherstubs(), spec.overlays(), plus(spec.vnics(), vnic));
  }

  @Override
  public void deleteEtherstub(LinkName name) {
    refuseBusy(name);
    change(
        only(spec.etherstubs(), stub -> !stub.name().equals(name)), spec.overlays(), spec.vnics());
  }

  @Override
  public void deleteOverlay(LinkName name) {
    refuseBusy(name);
    change(spec.etherstubs(), only(spec.overlays(), o -> !o.name().equals(name)), spec.vnics());
  }

  @Override
  public void deleteVnic(VnicKey key) {
    change(spec.etherstubs(), spec.overlays(), only(spec.vnics(), v -> !v.key().equals(key)));
  }

  @Override
  public void protect(VnicKey key, ProtectionSpec protection) {
    List<VnicSpec> vnics =
        spec.vnics().stream()
            .map(
                v ->
                    v.key().equals(key)
                        ? new VnicSpec(v.key(), v.over(), v.mac(), v.mtu(), protection)
                        : v)
            .toList();
    changes++;
    change(spec.etherstubs(), spec.overlays(), vnics);
  }

  /** How often a protection was replaced. */
  public int changes() {
    return changes;
  }

  @Override
  public Set<InetAddress> learned(VnicKey key) {
    return learned.getOrDefault(key, Set.of());
  }

  @Override
  public Set<InetSocketAddress> vteps() {
    return Set.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4789));
  }

  @Override
  public DropLog drops() {
    return drops;
  }

  @Override
  public Stage stage() {
    return this::rehearse;
  }

  private Rehearsal rehearse(VnicKey key, Direction direction, byte[] frame) {
    mute.ifPresent(
        e -> {
          throw e;
        });
    return rehearsed.orElseGet(
        () -> {
          VnicSpec vnic =
              spec.vnics().stream().filter(v -> v.key().equals(key)).findFirst().orElseThrow();
          var policy = new HostPolicy(PortPolicy.of(vnic, learned(key)), vteps());
          return new Rehearsal(
              Verdicts.reason(Explanation.of(direction, frame, policy).unstripped()));
        });
  }

  @Override
  public List<Finding> check() {
    return findings;
  }

  private void change(
      List<EtherstubSpec> etherstubs, List<OverlaySpec> overlays, List<VnicSpec> vnics) {
    failure.ifPresent(
        e -> {
          throw e;
        });
    spec = new HostSpec(etherstubs, overlays, spec.zones(), vnics, spec.addresses());
  }

  private void refuseBusy(LinkName lower) {
    if (spec.vnics().stream().anyMatch(vnic -> vnic.over().equals(lower))) {
      throw new LinkException(LinkStatus.LINK_BUSY, lower + " has VNICs");
    }
  }

  private static <T> List<T> plus(List<T> list, T more) {
    return Stream.concat(list.stream(), Stream.of(more)).toList();
  }

  private static <T> List<T> only(List<T> list, Predicate<T> wanted) {
    return list.stream().filter(wanted).toList();
  }

  @Override
  public List<LinkRow> links() {
    List<LinkRow> links = new ArrayList<>();
    for (EtherstubSpec stub : spec.etherstubs()) {
      links.add(link(Optional.empty(), stub.name(), LinkClass.ETHERSTUB, stub.mtu()));
    }
    for (OverlaySpec overlay : spec.overlays()) {
      links.add(link(Optional.empty(), overlay.name(), LinkClass.OVERLAY, 1450));
    }
    spec.vnics().forEach(vnic -> links.add(vnic(vnic)));
    links.sort(Comparator.comparing(LinkRow::fullName));
    return links;
  }

  private LinkRow vnic(VnicSpec vnic) {
    LinkRow.Vnic own = new LinkRow.Vnic(vnic.over(), vnic.mac(), vnic.protection());
    LinkRow bare = link(vnic.key().zone(), vnic.key().name(), LinkClass.VNIC, 1450);
    return new LinkRow(
        bare.zone(),
        bare.name(),
        bare.kind(),
        vnic.mtu().orElse(bare.mtu()),
        bare.state(),
        new LinkStats(new LinkStats.Traffic(0, 0, 0), out, dropped),
        Optional.of(own));
  }

  private static LinkRow link(Optional<ZoneName> zone, LinkName name, LinkClass kind, int mtu) {
    LinkStats.Traffic none = new LinkStats.Traffic(0, 0, 0);
    LinkStats stats = new LinkStats(none, none, new TreeMap<>());
    return new LinkRow(zone, name, kind, mtu, "up", stats, Optional.empty());
  }

  @Override
  public List<OverlayRow> overlays() {
    return spec.overlays().stream().map(this::overlay).toList();
  }

  private OverlayRow overlay(OverlaySpec overlay) {
    var properties =
        overlay.properties().entrySet().stream()
            .map(e -> new OverlayProperty(e.getKey(), true, true, e.getValue(), "", ""))
            .toList();
    Target target = new Target(Optional.empty(), Vtep.of(InetAddress.ofLiteral("192.0.2.2"), 4789));
    return new OverlayRow(
        overlay.name(), properties, health, List.of(target), Map.of("in-delivered", 5L));
  }

  @Override
  public List<ZoneRow> zones() {
    List<ZoneRow> zones = new ArrayList<>(stopped);
    for (ZoneSpec zone : spec.zones()) {
      String path = "/run/netns/" + zone.name();
      zones.add(
          new ZoneRow(zone.name(), zones.size() + 1, "running", path, zone.kind().toString()));
    }
    zones.sort(Comparator.comparing(ZoneRow::name));
    return zones;
  }

  @Override
  public List<AddressRow> addresses() {
    return List.copyOf(addresses);
  }

  @Override
  public Optional<List<String>> entry(ZoneName zone) {
    return spec.zones().stream().anyMatch(z -> z.name().equals(zone))
        ? Optional.of(List.of("/usr/bin/nsenter", "--net=/run/netns/" + zone, "--"))
        : Optional.empty();
  }
}
