package io.arbalest.linux.rtnetlink;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/** What a link is, as far as this project cares; every other kind keeps the kernel's name. */
public sealed interface LinkKind {
  /** The kernel's name of the kind (IFLA_INFO_KIND); empty for a link of a hardware driver. */
  String name();

  /** One end of a virtual cable. */
  record Veth() implements LinkKind {
    @Override
    public String name() {
      return "veth";
    }
  }

  /**
   * The kernel's own VXLAN device, {@code Documentation/networking/vxlan.rst}.
   *
   * @param vni network identifier, 0 to 2^24-1; meaningless if external
   * @param external each frame says its own VNI and remote (collect metadata)
   * @param local source address of what it sends
   * @param remote where it sends what it has no entry for: a VTEP or a group
   * @param port destination UDP port
   * @param learning whether it learns from what it receives
   * @param lower index of the link it sends through, if bound to one
   */
  record Vxlan(
      int vni,
      boolean external,
      Optional<InetAddress> local,
      Optional<InetAddress> remote,
      int port,
      boolean learning,
      OptionalInt lower)
      implements LinkKind {
    private static final int MAX_VNI = 0xff_ffff;

    public Vxlan {
      if (vni < 0 || vni > MAX_VNI) {
        throw new IllegalArgumentException("invalid VNI " + vni + ": 0 to 16777215 is allowed");
      }
      if (port < 0 || port > 0xffff) {
        throw new IllegalArgumentException("invalid UDP port " + port + ": 0 to 65535 is allowed");
      }
    }

    /** One network between this VTEP and what its forwarding table names; it does not learn. */
    public static Vxlan network(int vni, InetAddress local, int port) {
      return new Vxlan(
          vni, false, Optional.of(local), Optional.empty(), port, false, OptionalInt.empty());
    }

    /** The same with a remote for everything that has no entry. */
    public Vxlan withRemote(InetAddress to) {
      return new Vxlan(vni, external, local, Optional.of(to), port, learning, lower);
    }

    /** All networks of a port: each frame carries its tunnel key. */
    public static Vxlan externalOn(int port) {
      return new Vxlan(
          0, true, Optional.empty(), Optional.empty(), port, false, OptionalInt.empty());
    }

    @Override
    public String name() {
      return "vxlan";
    }
  }

  /**
   * A TUN or TAP device.
   *
   * @param tap Ethernet frames rather than IP packets
   * @param vnetHeader each frame has an offload header before it
   * @param persistent it stays when its descriptor is closed
   * @param multiQueue it may be opened several times
   */
  record Tun(boolean tap, boolean vnetHeader, boolean persistent, boolean multiQueue)
      implements LinkKind {
    @Override
    public String name() {
      return "tun";
    }
  }

  /** {@code lo}. */
  record Loopback() implements LinkKind {
    @Override
    public String name() {
      return "";
    }
  }

  /** A link of a hardware driver. */
  record Hardware() implements LinkKind {
    @Override
    public String name() {
      return "";
    }
  }

  /** Any other kind. */
  record Other(String name) implements LinkKind {}
}
