package io.arbalest.antispoof.explain;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes frames of the short forms that an operator types.
 *
 * <p>Whatever is refused is refused by {@link IllegalArgumentException} with the value and what is
 * allowed.
 *
 * @param own the VNIC's MAC address
 * @param toZone whether frames go to the zone; else they come from it
 */
public record FrameForm(MacAddress own, boolean toZone) {
  /** The most bytes of a frame that are taken. */
  public static final int LONGEST = 65_535;

  private static final int SHORTEST = 14;
  private static final Set<String> ARP_KEYS = Set.of("op", "sha", "spa", "tha", "tpa");
  private static final String ARP_ALLOWED =
      "allowed: op=request|reply|NUMBER, spa=IPV4, tpa=IPV4, sha=MAC, tha=MAC";
  private static final int SHOWN = 40;
  private static final int SHORTEST_HEX = SHORTEST * 2;
  private static final MacAddress NEIGHBOUR = MacAddress.of(0x0200_0000_0001L);

  /** The beginning of what somebody typed, fit to be shown. */
  private static String shown(String text) {
    String clean = text.replaceAll("[^ -~]", "?");
    return clean.length() > SHOWN ? clean.substring(0, SHOWN) + "..." : clean;
  }

  /** A frame in hexadecimal digits, with or without colons, dots or spaces between bytes. */
  public static byte[] hex(String text) {
    String digits = text.replaceAll("[:.\\s]", "");
    boolean hex = digits.chars().allMatch(c -> c < 128 && HexFormat.isHexDigit(c));
    if (!hex || digits.length() % 2 != 0) {
      throw new IllegalArgumentException(
          "frame '%s': an even number of hexadecimal digits is allowed, ':' between bytes too"
              .formatted(shown(text)));
    }
    if (digits.length() < SHORTEST_HEX || digits.length() > 2 * LONGEST) {
      throw new IllegalArgumentException(
          "a frame of %d bytes; allowed: %d to %d"
              .formatted(digits.length() / 2, SHORTEST, LONGEST));
    }
    return HexFormat.of().parseHex(digits);
  }

  /** {@code op=request,spa=10.0.0.5,tpa=10.0.0.1}. */
  public byte[] arp(String text) {
    Map<String, String> words = words(text);
    int operation = operation(words.getOrDefault("op", "request"));
    MacAddress sender = mac(words, "sha", source());
    MacAddress target = mac(words, "tha", operation == 1 ? MacAddress.ZERO : NEIGHBOUR);
    byte[] body = FrameBytes.arp(operation, sender, ipv4(words, "spa"), target, ipv4(words, "tpa"));
    MacAddress destination = operation == 1 ? MacAddress.BROADCAST : NEIGHBOUR;
    return FrameBytes.ethernet(
        toZone && operation != 1 ? own : destination, source(), FrameBytes.ARP, body);
  }

  /** {@code 10.0.0.5:68>255.255.255.255:67}, {@code [fd00::5]:1234>[fd00::6]:53}. */
  public byte[] udp(String text) {
    List<String> ends = ends(text);
    Endpoint from = Endpoint.parse(ends.get(0));
    Endpoint to = Endpoint.parse(ends.get(1));
    checkFamily(text, from.address(), to.address());
    return ip(from.address(), to.address(), 17, FrameBytes.udp(from.port(), to.port()));
  }

  /** {@code 10.0.0.5>10.0.0.6}: an echo request. */
  public byte[] icmp(String text) {
    List<String> ends = ends(text);
    InetAddress from = IpLiteral.parse(ends.get(0));
    InetAddress to = IpLiteral.parse(ends.get(1));
    checkFamily(text, from, to);
    boolean ipv4 = from instanceof Inet4Address;
    return ip(from, to, ipv4 ? 1 : 58, FrameBytes.echo(ipv4 ? 8 : 128));
  }

  private byte[] ip(InetAddress from, InetAddress to, int protocol, byte[] body) {
    byte[] packet = FrameBytes.ip(from, to, protocol, body);
    boolean ipv4 = from instanceof Inet4Address;
    return FrameBytes.ethernet(
        destination(to), source(), ipv4 ? FrameBytes.IPV4 : FrameBytes.IPV6, packet);
  }

  private MacAddress source() {
    return toZone ? NEIGHBOUR : own;
  }

  private MacAddress destination(InetAddress to) {
    return FrameBytes.group(to).orElse(toZone ? own : NEIGHBOUR);
  }

  private static void checkFamily(String text, InetAddress from, InetAddress to) {
    if (from.getAddress().length != to.getAddress().length) {
      throw new IllegalArgumentException(
          "'" + text + "': source and destination must be of one family");
    }
  }

  private static List<String> ends(String text) {
    List<String> ends = List.of(text.split(">", -1));
    if (ends.size() != 2) {
      throw new IllegalArgumentException("'" + text + "'; allowed: SOURCE>DESTINATION");
    }
    return ends;
  }

  /** An address and a UDP port. */
  private record Endpoint(InetAddress address, int port) {
    static Endpoint parse(String text) {
      int colon = text.lastIndexOf(':');
      String port = colon < 0 ? "" : text.substring(colon + 1);
      boolean number =
          !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!number || Integer.parseInt(port) > 0xffff) {
        throw new IllegalArgumentException(
            "'" + text + "'; allowed: IPV4:PORT or [IPV6]:PORT with a port from 0 to 65535");
      }
      return new Endpoint(address(text.substring(0, colon)), Integer.parseInt(port));
    }

    private static InetAddress address(String text) {
      boolean bracketed = text.startsWith("[") && text.endsWith("]");
      return IpLiteral.parse(bracketed ? text.substring(1, text.length() - 1) : text);
    }
  }

  private static Map<String, String> words(String text) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String piece : new ArrayList<>(List.of(text.split(",", -1)))) {
      int equals = piece.indexOf('=');
      String key = equals < 0 ? piece : piece.substring(0, equals);
      if (equals < 0 || !ARP_KEYS.contains(key)) {
        throw new IllegalArgumentException("'" + piece + "'; " + ARP_ALLOWED);
      }
      if (words.put(key, piece.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("'" + key + "' is given twice; " + ARP_ALLOWED);
      }
    }
    return words;
  }

  private static int operation(String word) {
    return switch (word) {
      case "request" -> 1;
      case "reply" -> 2;
      default -> {
        boolean number = word.matches("[0-9]{1,5}");
        if (!number || Integer.parseInt(word) > 0xffff) {
          throw new IllegalArgumentException(
              "op '" + word + "'; allowed: request, reply or a number from 0 to 65535");
        }
        yield Integer.parseInt(word);
      }
    };
  }

  private static InetAddress ipv4(Map<String, String> words, String key) {
    String text = words.get(key);
    if (text == null) {
      throw new IllegalArgumentException(key + " is missing; " + ARP_ALLOWED);
    }
    InetAddress address = IpLiteral.parse(text);
    if (!(address instanceof Inet4Address)) {
      throw new IllegalArgumentException(key + " '" + text + "': an IPv4 address is allowed");
    }
    return address;
  }

  private static MacAddress mac(Map<String, String> words, String key, MacAddress otherwise) {
    String text = words.get(key);
    return text == null ? otherwise : MacAddress.parse(text);
  }
}
