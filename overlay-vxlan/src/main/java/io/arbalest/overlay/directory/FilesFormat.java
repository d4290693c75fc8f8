package io.arbalest.overlay.directory;

import io.arbalest.linux.net.InvalidAddressException;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.Vtep;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/**
 * The JSON format of the search plugin {@code files}: one object, whose keys are the stations' MAC
 * addresses in any form that {@code ether_aton(3)} reads.
 *
 * <pre>
 * { "2:8:20:0:0:a": { "ip": "192.0.2.1", "port": 4789, "arp": "10.42.0.10", "ndp": "fd42::10" } }
 * </pre>
 *
 * <p>{@code ip} and {@code port} (the VTEP) are required; {@code arp}, {@code ndp} (an address or
 * an array of them) and {@code dhcp-proxy} (another station's MAC address) are not. illumos ignores
 * unknown fields; here they are refused, because a misspelt {@code arp} should not pass for none.
 * Reading is total: any text gives entries or a {@link DirectoryException}.
 */
final class FilesFormat {
  private final StrictJson json;
  private final Vtep own;
  private final Map<MacAddress, DirectoryEntry> entries = new LinkedHashMap<>();
  private final Map<InetAddress, MacAddress> owners = new HashMap<>();

  private FilesFormat(StrictJson json, Vtep own) {
    this.json = json;
    this.own = own;
  }

  /**
   * Reads a whole file.
   *
   * @param source the file's name, for errors
   * @param text its content
   * @param own this host's VTEP, whose address family the others must share
   * @throws DirectoryException if anything in it is not allowed
   */
  static List<DirectoryEntry> read(String source, String text, Vtep own) {
    try (StrictJson json = new StrictJson(source, text)) {
      return new FilesFormat(json, own).file();
    } catch (JacksonException e) {
      throw StrictJson.syntax(source, e);
    }
  }

  private List<DirectoryEntry> file() {
    json.beginObject("the file", "one object with MAC addresses as its keys");
    while (json.next() == JsonToken.PROPERTY_NAME) {
      entry();
    }
    json.end();
    entries.values().forEach(this::checkDhcpProxy);
    return List.copyOf(entries.values());
  }

  private void entry() {
    String key = json.name();
    MacAddress mac = unicast(key, "MAC address");
    if (entries.containsKey(mac)) {
      throw json.refuse("MAC address", key, "each station once, in whatever spelling, is allowed");
    }
    json.inEntry(key);
    json.beginObject("the entry", "an object with ip and port");
    EntryFields fields = new EntryFields(json, own);
    while (json.next() == JsonToken.PROPERTY_NAME) {
      fields.read(this::unicast);
    }
    DirectoryEntry entry = fields.entry(mac);
    for (Inet4Address address : entry.arp()) {
      claim("arp", address, mac);
    }
    for (Inet6Address address : entry.ndp()) {
      claim("ndp", address, mac);
    }
    entries.put(mac, entry);
    json.inEntry("");
  }

  private void claim(String field, InetAddress address, MacAddress mac) {
    MacAddress other = owners.putIfAbsent(address, mac);
    if (other != null) {
      throw json.refuse(
          field,
          IpLiteral.format(address),
          "an address belongs to one station, and " + other + " has this one");
    }
  }

  private void checkDhcpProxy(DirectoryEntry entry) {
    Optional<MacAddress> proxy = entry.dhcpProxy();
    if (proxy.isPresent()
        && (proxy.get().equals(entry.mac()) || !entries.containsKey(proxy.get()))) {
      json.inEntry(entry.mac().toString());
      throw json.refuse(
          "dhcp-proxy", proxy.get().toString(), "another station of the file is allowed");
    }
  }

  private MacAddress unicast(String text, String field) {
    try {
      MacAddress mac = MacAddress.parse(text);
      if (mac.isUnicast()) {
        return mac;
      }
    } catch (InvalidAddressException e) {
      throw json.refuse(field, text, "six groups of hex digits joined by colons are allowed", e);
    }
    throw json.refuse(field, text, "a station's address is allowed, neither zero nor multicast");
  }
}
