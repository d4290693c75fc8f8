package io.arbalest.zone.lab;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.ProtectionSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A lab as its file describes it: pure data, every cross reference already checked by {@link
 * LabFile}.
 *
 * <p>Maps keep the order of the file.
 */
public record LabSpec(
    LabName name,
    Map<LabName, Host> hosts,
    Map<LabName, OverlayNet> overlays,
    Map<LabName, Zone> zones) {

  /** A machine of the lab: on one real machine, a network namespace with a daemon of its own. */
  public record Host(IpPrefix underlay, List<LinkName> etherstubs) {
    public Host {
      etherstubs = List.copyOf(etherstubs);
    }
  }

  /** A virtual L2 network that spans the hosts. */
  public record OverlayNet(int vni, String encap, String directory) {
    /** The data link that stands for it on each host: the name, then the VNI ({@code blue42}). */
    public LinkName link(LabName name) {
      return new LinkName(name.text() + vni);
    }
  }

  /** A zone and where it runs. */
  public record Zone(LabName host, List<Net> net) {
    public Zone {
      net = List.copyOf(net);
    }
  }

  /**
   * One VNIC of a zone.
   *
   * @param over an overlay of the lab or an etherstub of the zone's host
   * @param overlay which of the two it is
   * @param protection what its guard enforces; its own addresses are allowed unless the file says
   *     which are
   */
  public record Net(
      LinkName vnic,
      String over,
      boolean overlay,
      List<IpPrefix> addresses,
      Optional<MacAddress> mac,
      Optional<Integer> mtu,
      ProtectionSpec protection) {
    public Net {
      addresses = List.copyOf(addresses);
    }
  }
}
