package io.arbalest.overlay;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.vnic.LinkName;
import java.net.Inet4Address;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * An overlay as somebody wants it.
 *
 * @param name its link name
 * @param vni its network identifier
 * @param listen this host's VTEP
 * @param search who answers where a MAC address is
 * @param mtu of its VNICs, in bytes; empty takes what the underlay leaves
 */
public record OverlaySpec(LinkName name, Vni vni, Vtep listen, SearchSpec search, OptionalInt mtu) {
  /** The one encapsulation plugin. */
  public static final String ENCAP = "vxlan";

  /**
   * @throws OverlayPropertyException if the values do not go together
   */
  public OverlaySpec {
    if (search instanceof SearchSpec.Direct(Vtep peer)) {
      checkPeer(listen, peer);
    }
    mtu.ifPresent(OverlayMtu::check);
  }

  private static void checkPeer(Vtep listen, Vtep peer) {
    String ip = IpLiteral.format(peer.ip());
    if (peer.ip() instanceof Inet4Address != listen.ip() instanceof Inet4Address) {
      throw OverlayPropertyException.of(
          OverlayProperty.DIRECT_IP,
          ip,
          "the family of vxlan/listen_ip " + IpLiteral.format(listen.ip()));
    }
    if (peer.equals(listen)) {
      throw OverlayPropertyException.of(
          OverlayProperty.DIRECT_IP, ip, "another VTEP than the overlay's own");
    }
  }

  /**
   * Reads an overlay from property texts, as {@code dladm create-overlay -p} and the store give
   * them.
   *
   * @param search the search plugin's name
   * @param properties by name, such as {@code vxlan/listen_ip}
   * @throws OverlayPropertyException if one is missing, unknown or has a value that is not allowed
   */
  public static OverlaySpec of(
      LinkName name, Vni vni, String search, Map<String, String> properties) {
    return PropertyReader.read(name, vni, search, properties);
  }

  /** The texts that {@link #of} reads, defaults included; sorted by name. */
  public Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put(OverlayProperty.LISTEN_IP, IpLiteral.format(listen.ip()));
    properties.put(OverlayProperty.LISTEN_PORT, Integer.toString(listen.port()));
    mtu.ifPresent(bytes -> properties.put(OverlayProperty.MTU, Integer.toString(bytes)));
    switch (search) {
      case SearchSpec.Files(java.nio.file.Path config) ->
          properties.put(OverlayProperty.FILES_CONFIG, config.toString());
      case SearchSpec.Direct(Vtep peer) -> {
        properties.put(OverlayProperty.DIRECT_IP, IpLiteral.format(peer.ip()));
        properties.put(OverlayProperty.DIRECT_PORT, Integer.toString(peer.port()));
      }
    }
    return properties;
  }
}
