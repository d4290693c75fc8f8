package io.arbalest.cli.host;

import io.arbalest.overlay.OverlaySpec;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.check.Finding;
import io.arbalest.zone.host.DropLog;
import io.arbalest.zone.host.Stage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What verbs may ask of a host. Listings are sorted by name; they may be asked for by several
 * threads, changes by one at a time. A change that fails changes nothing, and throws {@link
 * io.arbalest.vnic.LinkException}, an {@link IllegalArgumentException} or a {@link
 * io.arbalest.linux.sys.KernelException}, or {@link io.arbalest.zone.plan.PlanException} when it
 * could not be undone altogether.
 */
public interface HostView {
  /** Makes an etherstub. */
  void create(EtherstubSpec etherstub);

  /** Makes an overlay. */
  void create(OverlaySpec overlay);

  /** Makes a VNIC. */
  void create(VnicSpec vnic);

  /** Removes an etherstub that no VNIC is over. */
  void deleteEtherstub(LinkName name);

  /** Removes an overlay that no VNIC is over. */
  void deleteOverlay(LinkName name);

  /** Removes a VNIC with its addresses. */
  void deleteVnic(VnicKey key);

  /** Replaces a VNIC's protection in one step; its addresses stay. */
  void protect(VnicKey key, ProtectionSpec protection);

  /** What a VNIC has got by dynamic methods and holds at this moment. */
  Set<InetAddress> learned(VnicKey key);

  /** Addresses and UDP ports of the host's tunnel end points. */
  Set<InetSocketAddress> vteps();

  /** The frames that protection dropped lately. */
  DropLog drops();

  /** The programs that run at the ports, for trying frames that nobody sends. */
  Stage stage();

  /** What of the host matters to protection, found by looking and trying. */
  List<Finding> check();

  /** Every data link. */
  List<LinkRow> links();

  /** Every overlay. */
  List<OverlayRow> overlays();

  /** Every zone, the global one not among them. */
  List<ZoneRow> zones();

  /** Every address that a zone or the host itself has. */
  List<AddressRow> addresses();

  /** The command that enters a running zone; empty if there is no such zone. */
  Optional<List<String>> entry(ZoneName zone);
}
