package io.arbalest.zone.host;

import io.arbalest.overlay.link.Overlay;
import io.arbalest.vnic.PortFacts;
import io.arbalest.vnic.SwitchFacts;
import io.arbalest.zone.Zone;
import java.util.List;

/**
 * What a host has in the kernel, for {@code GET /v1/state}.
 *
 * @param zones those that exist
 * @param switches of etherstubs and overlays
 * @param vnics their ports
 * @param overlays those at work
 */
public record HostState(
    List<ZoneState> zones,
    List<SwitchFacts> switches,
    List<PortFacts> vnics,
    List<OverlayState> overlays) {

  /**
   * A zone.
   *
   * @param netns the inode of its network namespace
   * @param pin where that is pinned
   * @param firstUid the host's user id that is its root
   */
  public record ZoneState(String name, String kind, long netns, String pin, long firstUid) {
    static ZoneState of(Zone zone) {
      return new ZoneState(
          zone.name().text(),
          zone.spec().kind().toString(),
          zone.network().inode(),
          zone.networkPin().toString(),
          zone.spec().slot().range().base());
    }
  }

  /** An overlay. */
  public record OverlayState(String name, int vni, int ifindex, int mtu, boolean online) {
    static OverlayState of(Overlay overlay) {
      return new OverlayState(
          overlay.name().text(),
          overlay.spec().vni().value(),
          overlay.ifindex(),
          overlay.mtu(),
          overlay.health().isOnline());
    }
  }

  static HostState of(HostKernel kernel) {
    return new HostState(
        kernel.zones().stream().map(ZoneState::of).toList(),
        List.copyOf(kernel.board().switches().values()),
        List.copyOf(kernel.board().ports().values()),
        kernel.overlays().list().stream().map(OverlayState::of).toList());
  }
}
