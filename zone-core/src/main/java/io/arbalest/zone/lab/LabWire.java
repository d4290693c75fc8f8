package io.arbalest.zone.lab;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.rtnetlink.VethPair;
import java.util.List;
import java.util.Optional;

/**
 * What joins the hosts of a lab: a veth cable between two hosts; between any other number of them a
 * switch in a namespace of its own, with a cable to each.
 *
 * <p>Every host's end is called {@value #LINK}, has the MTU of an ordinary Ethernet, and carries
 * the host's underlay address. It needs no undoing: it goes with the namespaces.
 */
final class LabWire {
  /** The name of each host's end. */
  static final String LINK = "wire0";

  private static final int MTU = 1500;
  private static final String SWITCH = "switch0";

  private LabWire() {}

  /** A host that is to be joined. */
  record Host(String name, NetworkNamespace namespace, IpPrefix underlay) {}

  /** Whether the host has its end, with its address, up. */
  static boolean isConnected(Host host) {
    try (Rtnetlink kernel = Rtnetlink.open(host.namespace())) {
      Optional<Link> link = kernel.links().find(LINK);
      return link.isPresent()
          && link.get().up()
          && kernel.addresses().list(link.get().index()).stream()
              .anyMatch(address -> address.prefix().equals(host.underlay()));
    }
  }

  /** Takes a host's end away, and with it the cable. */
  static void disconnect(Host host) {
    try (Rtnetlink kernel = Rtnetlink.open(host.namespace())) {
      kernel.links().find(LINK).ifPresent(link -> kernel.links().delete(link.index()));
    }
  }

  /** Joins two hosts by a cable. */
  static void cable(Host one, Host other) {
    try (Rtnetlink kernel = Rtnetlink.open()) {
      kernel
          .links()
          .createVeth(new VethPair(end(LINK).in(one.namespace()), end(LINK).in(other.namespace())));
    }
    raise(one);
    raise(other);
  }

  /** Joins hosts by a switch. */
  static void star(NetworkNamespace hub, List<Host> hosts) {
    try (Rtnetlink kernel = Rtnetlink.open(hub)) {
      Link bridge = kernel.links().createBridge(end(SWITCH));
      kernel.links().setUp(bridge.index());
      for (int port = 0; port < hosts.size(); port++) {
        NewLink far = end(LINK).in(hosts.get(port).namespace());
        Link near = kernel.links().createVeth(new VethPair(end("port" + port), far));
        kernel.links().setMaster(near.index(), bridge.index());
        kernel.links().setUp(near.index());
      }
    }
    hosts.forEach(LabWire::raise);
  }

  private static NewLink end(String name) {
    return NewLink.named(name).withMtu(MTU);
  }

  private static void raise(Host host) {
    try (Rtnetlink kernel = Rtnetlink.open(host.namespace())) {
      Link link = kernel.links().get(LINK);
      kernel.addresses().addWithoutDetection(link.index(), host.underlay());
      kernel.links().setUp(link.index());
    }
  }
}
