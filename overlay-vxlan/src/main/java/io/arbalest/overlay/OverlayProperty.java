package io.arbalest.overlay;

/**
 * A line of {@code dladm show-overlay}.
 *
 * @param name such as {@code vxlan/listen_ip}
 * @param writable whether it can be given when the overlay is made
 * @param required whether it must be
 * @param value as text
 * @param defaultValue as text; empty if there is none
 * @param possible the allowed values; empty if that takes more than a list
 */
public record OverlayProperty(
    String name,
    boolean writable,
    boolean required,
    String value,
    String defaultValue,
    String possible) {
  public static final String MTU = "mtu";
  public static final String VNETID = "vnetid";
  public static final String ENCAP = "encap";
  public static final String SEARCH = "search";
  public static final String LISTEN_IP = "vxlan/listen_ip";
  public static final String LISTEN_PORT = "vxlan/listen_port";
  public static final String FILES_CONFIG = "files/config";
  public static final String DIRECT_IP = "direct/dest_ip";
  public static final String DIRECT_PORT = "direct/dest_port";

  /** {@code rw} or {@code r-}. */
  public String permissions() {
    return writable ? "rw" : "r-";
  }
}
