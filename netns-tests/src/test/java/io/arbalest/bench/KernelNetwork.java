package io.arbalest.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What an operator would build from the kernel's own parts with {@code ip}: bridges, veth pairs and
 * VXLAN devices. Closing it takes everything away in reverse.
 */
final class KernelNetwork implements AutoCloseable {
  private final Deque<String> undo = new ArrayDeque<>();

  /** A namespace for bridges. */
  KernelNetwork host(String host) {
    run("ip netns add " + host);
    undo.push("ip netns del " + host);
    return this;
  }

  /** Zones on a bridge in a namespace that exists; each is {@code NAME=ADDRESS/LENGTH,...}. */
  KernelNetwork bridge(String host, String bridge, int mtu) {
    run("ip -n " + host + " link add " + bridge + " type bridge");
    undo.push("ip -n " + host + " link del " + bridge);
    run("ip -n " + host + " link set " + bridge + " mtu " + mtu + " up");
    return this;
  }

  KernelNetwork zone(String host, String bridge, String zone, List<String> addresses, int mtu) {
    run("ip netns add " + zone);
    undo.push("ip netns del " + zone);
    String port = portOf(zone);
    run(
        "ip -n "
            + host
            + " link add "
            + port
            + " mtu "
            + mtu
            + " type veth peer name net0 mtu "
            + mtu
            + " netns "
            + zone);
    run("ip -n " + host + " link set " + port + " master " + bridge + " up");
    run("ip -n " + zone + " link set lo up");
    for (String address : addresses) {
      run(
          "ip -n "
              + zone
              + " addr add "
              + address
              + " dev net0"
              + (address.indexOf(':') >= 0 ? " nodad" : ""));
    }
    run("ip -n " + zone + " link set net0 up");
    return this;
  }

  /** What a zone's port is called on its host. */
  static String portOf(String zone) {
    return "k" + Integer.toHexString(zone.hashCode() & 0xffffff);
  }

  /** The MAC address of a zone. */
  static String macOf(String zone) {
    String link = Command.run(List.of("ip", "-n", zone, "-o", "link", "show", "net0"));
    return link.replaceFirst("(?s).*link/ether ([0-9a-f:]+) .*", "$1");
  }

  KernelNetwork vxlan(String host, String bridge, int vni, String local, String remote) {
    String device = "kvx" + vni;
    run(
        "ip -n "
            + host
            + " link add "
            + device
            + " type vxlan id "
            + vni
            + " local "
            + local
            + " remote "
            + remote
            + " dstport 8472 udpcsum");
    undo.push("ip -n " + host + " link del " + device);
    run("ip -n " + host + " link set " + device + " mtu 1450 master " + bridge + " up");
    return this;
  }

  @Override
  public void close() {
    undo.forEach(KernelNetwork::run);
  }

  private static void run(String command) {
    Command.run(List.of(command.split(" ")));
  }
}
