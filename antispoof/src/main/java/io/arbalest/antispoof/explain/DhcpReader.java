package io.arbalest.antispoof.explain;

import java.util.HexFormat;

/** Reads DHCP (RFC 2131) and DHCPv6 (RFC 8415) as far as rules look. */
final class DhcpReader {
  private static final int HARDWARE_LENGTH = 2;
  private static final int CLIENT_MAC = 28;
  private static final int COOKIE = 236;
  private static final int OPTIONS = 240;
  private static final int MAX_OPTIONS = 64;
  private static final int TYPE = 53;
  private static final int CLIENT_ID = 61;
  private static final int END = 255;
  private static final int V6_OPTIONS = 4;
  private static final int V6_CLIENT_ID = 1;
  private static final String[] TYPES = {
    "", "discover", "offer", "request", "decline", "ack", "nak", "release", "inform"
  };
  private static final String[] V6_TYPES = {
    "",
    "solicit",
    "advertise",
    "request",
    "confirm",
    "renew",
    "rebind",
    "reply",
    "release",
    "decline",
    "reconfigure",
    "information-request",
    "relay-forward",
    "relay-reply"
  };

  private DhcpReader() {}

  static void readV4(Octets frame, int at, Reading reading) {
    reading.say("DHCP");
    if (frame.u8(at + HARDWARE_LENGTH) == 6) {
      reading.fact("dhcp client mac", frame.mac(at + CLIENT_MAC));
    }
    if (frame.u16(at + COOKIE) != 0x6382 || frame.u16(at + COOKIE + 2) != 0x5363) {
      reading.say("without options");
      return;
    }
    int option = at + OPTIONS;
    for (int count = 0; count < MAX_OPTIONS && frame.u8(option) != END; count++) {
      if (frame.u8(option) == 0) {
        option++;
        continue;
      }
      option(frame, option, reading);
      option += 2 + frame.u8(option + 1);
    }
  }

  private static void option(Octets frame, int option, Reading reading) {
    int length = frame.u8(option + 1);
    if (frame.u8(option) == TYPE && length == 1) {
      reading.say(name(TYPES, frame.u8(option + 2)));
      reading.fact("dhcp message type", frame.u8(option + 2));
    } else if (frame.u8(option) == CLIENT_ID) {
      reading.fact("dhcp client identifier", hex(frame, option + 2, length));
    }
  }

  static void readV6(Octets frame, int at, Reading reading) {
    reading.say("DHCPv6");
    int type = frame.u8(at);
    reading.say(name(V6_TYPES, type)).fact("dhcpv6 message type", type);
    int option = at + V6_OPTIONS;
    for (int count = 0; count < MAX_OPTIONS && option < frame.length() - V6_OPTIONS; count++) {
      int length = frame.u16(option + 2);
      if (frame.u16(option) == V6_CLIENT_ID) {
        reading.fact("dhcpv6 client identifier", hex(frame, option + V6_OPTIONS, length));
        return;
      }
      option += V6_OPTIONS + length;
    }
  }

  private static String name(String[] names, int type) {
    return type > 0 && type < names.length ? names[type] : "message " + type;
  }

  private static String hex(Octets frame, int at, int length) {
    if (length == 0) {
      return "(empty)";
    }
    frame.u8(at + length - 1);
    return "0x" + HexFormat.of().formatHex(frame.bytes(), at, at + length);
  }
}
