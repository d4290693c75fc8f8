package io.arbalest.antispoof.explain;

/** Reads ICMPv6: neighbour discovery (RFC 4861), MLD (RFC 3810), and the rest by name. */
final class Icmpv6Reader {
  private static final int TARGET = 8;
  private static final int MAX_OPTIONS = 16;
  private static final int SOURCE_LINK = 1;
  private static final int TARGET_LINK = 2;

  private Icmpv6Reader() {}

  static void read(Octets frame, int at, Reading reading) {
    reading.say("ICMPv6");
    int type = frame.u8(at);
    reading.fact("icmpv6 type", type);
    switch (type) {
      case 133 -> message(frame, at + 8, "router solicitation", reading);
      case 134 -> message(frame, at + 16, "router advertisement", reading);
      case 135 -> about(frame, at, "neighbour solicitation for ", 24, reading);
      case 136 -> about(frame, at, "neighbour advertisement of ", 24, reading);
      case 137 -> about(frame, at, "redirect to ", 40, reading);
      default -> reading.say(name(type));
    }
  }

  private static String name(int type) {
    return switch (type) {
      case 1 -> "destination unreachable";
      case 2 -> "packet too big";
      case 3 -> "time exceeded";
      case 4 -> "parameter problem";
      case 128 -> "echo request";
      case 129 -> "echo reply";
      case 130 -> "multicast listener query";
      case 131, 143 -> "multicast listener report";
      case 132 -> "multicast listener done";
      default -> "type " + type;
    };
  }

  private static void about(Octets frame, int at, String what, int options, Reading reading) {
    String target = frame.ipv6(at + TARGET);
    reading.fact("nd target", target);
    message(frame, at + options, what + target, reading);
  }

  private static void message(Octets frame, int options, String what, Reading reading) {
    reading.say(what);
    int at = options;
    for (int count = 0; count < MAX_OPTIONS && at < frame.length() - 1; count++) {
      int length = frame.u8(at + 1) * 8;
      if (length == 0) {
        reading.fact("nd option", frame.u8(at) + " of length 0");
        return;
      }
      option(frame, at, reading);
      at += length;
    }
  }

  private static void option(Octets frame, int at, Reading reading) {
    switch (frame.u8(at)) {
      case SOURCE_LINK -> reading.fact("nd source link address", frame.mac(at + 2));
      case TARGET_LINK -> reading.fact("nd target link address", frame.mac(at + 2));
      default -> reading.fact("nd option", frame.u8(at));
    }
  }
}
