package io.arbalest.zone.check;

import io.arbalest.zone.check.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sysctls that can undo what protection does, or let zones harm each other. */
final class SysctlChecks {
  private static final int NEIGHBOURS = 1_024;
  private static final int NEIGHBOURS_OF_A_VNIC = 16;

  private final SystemFiles files;
  private final List<String> ports;

  /**
   * @param ports the names of the links in the host's own namespace that VNICs are plugged into
   */
  SysctlChecks(SystemFiles files, List<String> ports) {
    this.files = files;
    this.ports = List.copyOf(ports);
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(unprivilegedBpf());
    findings.add(neighbours());
    findings.addAll(bridge());
    findings.add(
        onPorts(
            "accept_ra",
            ports.stream().filter(this::takesAdvertisements),
            "a zone that may send router advertisements could configure the host itself",
            "sysctl net.ipv6.conf.PORT.accept_ra=0"));
    findings.add(
        onPorts(
            "forwarding",
            ports.stream().filter(port -> isOn("net/ipv4/conf/" + port + "/forwarding")),
            "a packet that reached the host's own stack at a port would be routed on",
            "sysctl net.ipv4.conf.PORT.forwarding=0; of new ones,"
                + " net.ipv4.conf.default.forwarding"));
    findings.add(
        onPorts(
            "proxy_arp",
            ports.stream().filter(port -> isOn("net/ipv4/conf/" + port + "/proxy_arp")),
            "the host would answer ARP for addresses that are not its own",
            "sysctl net.ipv4.conf.PORT.proxy_arp=0"));
    return findings;
  }

  private boolean isOn(String path) {
    return files.number(path).orElse(0L) != 0;
  }

  private boolean takesAdvertisements(String port) {
    String conf = "net/ipv6/conf/" + port + "/";
    return isOn(conf + "accept_ra") && !isOn(conf + "disable_ipv6");
  }

  private Finding unprivilegedBpf() {
    Optional<Long> value = files.number("kernel/unprivileged_bpf_disabled");
    return Finding.of(
        value.isEmpty() || value.get() != 0,
        Level.WARN,
        "kernel.unprivileged_bpf_disabled",
        value.map(Object::toString).orElse("not there"),
        "with 0, anybody on the host and in a zone may load BPF programs into the kernel they"
            + " share",
        "sysctl kernel.unprivileged_bpf_disabled=2");
  }

  private Finding neighbours() {
    Optional<Long> value = files.number("net/ipv4/neigh/default/gc_thresh3");
    long wanted = Math.max(NEIGHBOURS, (long) ports.size() * NEIGHBOURS_OF_A_VNIC);
    return Finding.of(
        value.isEmpty() || value.get() >= wanted,
        Level.WARN,
        "net.ipv4.neigh.default.gc_thresh3",
        value.map(Object::toString).orElse("not there"),
        "all zones share this many neighbour entries; when they are used up, nobody reaches new"
            + " ones",
        "sysctl net.ipv4.neigh.default.gc_thresh3=" + wanted);
  }

  /** They are there only with the module {@code br_netfilter}. */
  private List<Finding> bridge() {
    if (!files.exists("proc/sys/net/bridge")) {
      return List.of();
    }
    return Stream.of("iptables", "ip6tables", "arptables").map(this::bridge).toList();
  }

  private Finding bridge(String table) {
    String name = "bridge-nf-call-" + table;
    return Finding.of(
        !isOn("net/bridge/" + name),
        Level.WARN,
        "net.bridge." + name,
        files.sysctl("net/bridge/" + name).orElse("not there"),
        "frames on bridges of this host pass its firewall, which may drop an overlay's",
        "sysctl net.bridge." + name + "=0, or rules that let them pass");
  }

  private static Finding onPorts(String name, Stream<String> bad, String why, String change) {
    List<String> named = bad.sorted().toList();
    return Finding.of(
        named.isEmpty(),
        Level.WARN,
        name + " of ports",
        named.isEmpty() ? "off" : "on at " + String.join(", ", named),
        why,
        change);
  }
}
