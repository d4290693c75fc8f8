package io.arbalest.cli.host;

import io.arbalest.cli.verb.VerbException;
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
 * No host: every question about it ends in the same complaint. With it, a caller who may not start
 * the daemon still gets help and the usage of every verb.
 */
public final class AbsentHost implements HostView {
  private final String reason;

  /**
   * @param reason why there is no host, for the operator
   */
  public AbsentHost(String reason) {
    this.reason = reason;
  }

  private VerbException complaint() {
    return new VerbException(reason);
  }

  @Override
  public void create(EtherstubSpec etherstub) {
    throw complaint();
  }

  @Override
  public void create(OverlaySpec overlay) {
    throw complaint();
  }

  @Override
  public void create(VnicSpec vnic) {
    throw complaint();
  }

  @Override
  public void deleteEtherstub(LinkName name) {
    throw complaint();
  }

  @Override
  public void deleteOverlay(LinkName name) {
    throw complaint();
  }

  @Override
  public void deleteVnic(VnicKey key) {
    throw complaint();
  }

  @Override
  public void protect(VnicKey key, ProtectionSpec protection) {
    throw complaint();
  }

  @Override
  public Set<InetAddress> learned(VnicKey key) {
    throw complaint();
  }

  @Override
  public Set<InetSocketAddress> vteps() {
    throw complaint();
  }

  @Override
  public DropLog drops() {
    throw complaint();
  }

  @Override
  public Stage stage() {
    throw complaint();
  }

  @Override
  public List<Finding> check() {
    throw complaint();
  }

  @Override
  public List<LinkRow> links() {
    throw complaint();
  }

  @Override
  public List<OverlayRow> overlays() {
    throw complaint();
  }

  @Override
  public List<ZoneRow> zones() {
    throw complaint();
  }

  @Override
  public List<AddressRow> addresses() {
    throw complaint();
  }

  @Override
  public Optional<List<String>> entry(ZoneName zone) {
    throw complaint();
  }
}
