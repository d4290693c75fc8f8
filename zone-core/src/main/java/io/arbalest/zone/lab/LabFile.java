package io.arbalest.zone.lab;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.LinkName;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads and checks a lab file (YAML).
 *
 * <p>Everything is checked before anything is made, and the first problem is reported with its file
 * and line, the value, and what is allowed there.
 */
public final class LabFile {
  private static final int MAX_VNI = (1 << 24) - 1;
  private static final int MIN_MTU = 576;
  private static final int MAX_MTU = 9000;
  private static final int MAX_HOSTS = 64;
  private static final Set<String> NET_KEYS =
      LabProtection.with("vnic", "over", "address", "mac", "mtu");

  private final Map<InetAddress, String> addressOwners = new HashMap<>();
  private final Map<MacAddress, String> macOwners = new HashMap<>();

  private LabFile() {}

  /**
   * Reads a lab.
   *
   * @throws LabFileException with file and line, if the file does not describe one
   */
  public static LabSpec read(Path file) {
    return new LabFile().lab(YamlFile.read(file));
  }

  private LabSpec lab(YamlNode root) {
    YamlKeys keys = root.keys(Set.of("lab", "hosts", "overlays", "zones"));
    LabName name = keys.required("lab").as(LabName::new);
    YamlNode hostsNode = keys.required("hosts");
    Map<LabName, LabSpec.Host> hosts = named(hostsNode, this::host);
    checkUnderlay(hostsNode, hosts);
    Map<LabName, LabSpec.OverlayNet> overlays =
        keys.optional("overlays", LabFile::overlays, Map.of());
    Map<LabName, LabSpec.Zone> zones =
        keys.optional("zones", node -> named(node, zone -> zone(zone, hosts, overlays)), Map.of());
    checkSharedSpace(hostsNode, hosts, zones);
    return new LabSpec(name, hosts, overlays, zones);
  }

  private LabSpec.Host host(YamlNode node) {
    YamlKeys keys = node.keys(Set.of("underlay", "etherstubs"));
    return new LabSpec.Host(
        address(keys.required("underlay")),
        keys.optional("etherstubs", LabFile::etherstubs, List.of()));
  }

  private static List<LinkName> etherstubs(YamlNode node) {
    List<LinkName> stubs = node.items().stream().map(item -> item.as(LinkName::new)).toList();
    if (Set.copyOf(stubs).size() != stubs.size()) {
      throw node.problem(node.where() + ": a name stands twice; allowed: each once");
    }
    return stubs;
  }

  private static Map<LabName, LabSpec.OverlayNet> overlays(YamlNode node) {
    Map<LabName, LabSpec.OverlayNet> overlays = named(node, LabFile::overlay);
    Map<Integer, LabName> owners = new HashMap<>();
    overlays.forEach(
        (name, overlay) -> {
          node.check(() -> overlay.link(name));
          LabName before = owners.putIfAbsent(overlay.vni(), name);
          if (before != null) {
            throw node.problem(
                "overlays %s and %s have the same vni %d; allowed: each once"
                    .formatted(before, name, overlay.vni()));
          }
        });
    return overlays;
  }

  private static LabSpec.OverlayNet overlay(YamlNode node) {
    YamlKeys keys = node.keys(Set.of("vni", "encap", "directory"));
    return new LabSpec.OverlayNet(
        keys.required("vni").integer(0, MAX_VNI),
        keys.optional("encap", encap -> oneOf(encap, Set.of("vxlan")), "vxlan"),
        keys.optional("directory", plugin -> oneOf(plugin, Set.of("files")), "files"));
  }

  private LabSpec.Zone zone(
      YamlNode node, Map<LabName, LabSpec.Host> hosts, Map<LabName, LabSpec.OverlayNet> overlays) {
    YamlKeys keys = node.keys(Set.of("host", "net"));
    YamlNode hostNode = keys.required("host");
    LabName host = hostNode.as(LabName::new);
    LabSpec.Host owner = hosts.get(host);
    if (owner == null) {
      throw hostNode.problem(
          "%s: no host '%s'; the hosts are: %s"
              .formatted(hostNode.where(), host, Names.list(hosts.keySet())));
    }
    return new LabSpec.Zone(
        host, keys.optional("net", net -> nets(net, owner, overlays), List.of()));
  }

  private List<LabSpec.Net> nets(
      YamlNode node, LabSpec.Host host, Map<LabName, LabSpec.OverlayNet> overlays) {
    List<LabSpec.Net> nets = node.items().stream().map(item -> net(item, host, overlays)).toList();
    if (nets.stream().map(LabSpec.Net::vnic).distinct().count() != nets.size()) {
      throw node.problem(node.where() + ": a vnic name stands twice; allowed: each once in a zone");
    }
    return nets;
  }

  private LabSpec.Net net(
      YamlNode node, LabSpec.Host host, Map<LabName, LabSpec.OverlayNet> overlays) {
    YamlKeys keys = node.keys(NET_KEYS);
    YamlNode over = keys.required("over");
    boolean overlay = isOverlay(over, host, overlays);
    List<IpPrefix> addresses = keys.optional("address", this::addresses, List.of());
    return new LabSpec.Net(
        keys.required("vnic").as(LinkName::new),
        over.text(),
        overlay,
        addresses,
        keys.optional("mac").map(this::mac),
        keys.optional("mtu").map(mtu -> mtu.integer(MIN_MTU, MAX_MTU)),
        LabProtection.read(keys, addresses));
  }

  private List<IpPrefix> addresses(YamlNode node) {
    return node.items().stream().map(this::address).toList();
  }

  private IpPrefix address(YamlNode node) {
    IpPrefix prefix = node.as(IpPrefix::parse);
    String before = addressOwners.putIfAbsent(prefix.address(), node.where());
    if (before != null) {
      throw node.problem(
          "%s: duplicate address %s, already given to %s; allowed: each address once"
              .formatted(node.where(), prefix.address().getHostAddress(), before));
    }
    return prefix;
  }

  private MacAddress mac(YamlNode node) {
    MacAddress mac = node.as(MacAddress::parse);
    if (mac.isMulticast() || mac.isZero()) {
      throw node.problem(
          "%s: '%s' cannot be a VNIC's; allowed: a unicast address that is not zero"
              .formatted(node.where(), node.text()));
    }
    String before = macOwners.putIfAbsent(mac, node.where());
    if (before != null) {
      throw node.problem("%s: MAC address already given to %s".formatted(node.where(), before));
    }
    return mac;
  }

  private static boolean isOverlay(
      YamlNode over, LabSpec.Host host, Map<LabName, LabSpec.OverlayNet> overlays) {
    String name = over.text();
    boolean overlay = overlays.keySet().stream().anyMatch(o -> o.text().equals(name));
    boolean stub = host.etherstubs().stream().anyMatch(s -> s.toString().equals(name));
    if (!overlay && !stub) {
      throw over.problem(
          "%s: no overlay and no etherstub of its host is called '%s'; overlays: %s; etherstubs: %s"
              .formatted(
                  over.where(),
                  name,
                  Names.list(overlays.keySet()),
                  Names.list(host.etherstubs())));
    }
    return overlay;
  }

  private static void checkSharedSpace(
      YamlNode node, Map<LabName, LabSpec.Host> hosts, Map<LabName, LabSpec.Zone> zones) {
    zones.keySet().stream()
        .filter(hosts::containsKey)
        .findFirst()
        .ifPresent(
            name -> {
              throw node.problem(
                  "'" + name + "' is a host and a zone; their names share one space");
            });
  }

  private static void checkUnderlay(YamlNode node, Map<LabName, LabSpec.Host> hosts) {
    if (hosts.isEmpty() || hosts.size() > MAX_HOSTS) {
      throw node.problem("%d hosts; allowed: 1 to %d".formatted(hosts.size(), MAX_HOSTS));
    }
    if (hosts.values().stream().map(host -> host.underlay().network()).distinct().count() > 1) {
      throw node.problem("the hosts' underlay addresses are not in one network");
    }
  }

  private static <T> Map<LabName, T> named(YamlNode node, Function<YamlNode, T> read) {
    Map<LabName, T> entries = new LinkedHashMap<>();
    node.mapping()
        .forEach(
            (key, value) -> entries.put(value.check(() -> new LabName(key)), read.apply(value)));
    return entries;
  }

  private static String oneOf(YamlNode node, Set<String> allowed) {
    if (!allowed.contains(node.text())) {
      throw node.problem(
          "%s: '%s'; allowed: %s".formatted(node.where(), node.text(), Names.list(allowed)));
    }
    return node.text();
  }
}
