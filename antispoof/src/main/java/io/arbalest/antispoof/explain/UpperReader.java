package io.arbalest.antispoof.explain;

/** Reads what IP carries: TCP, UDP with DHCP in it, ICMP. */
final class UpperReader {
  private static final int UDP_HEADER = 8;
  private static final int TCP_FLAGS = 13;
  private static final String[] TCP_NAMES = {"FIN", "SYN", "RST", "PSH", "ACK", "URG"};

  private UpperReader() {}

  static void read(Octets frame, int at, int protocol, Reading reading) {
    switch (protocol) {
      case 1 -> icmp(frame, at, reading);
      case 6 -> tcp(frame, at, reading);
      case 17 -> udp(frame, at, reading);
      case 58 -> Icmpv6Reader.read(frame, at, reading);
      case 59 -> reading.say("nothing");
      default -> reading.say("protocol " + protocol);
    }
  }

  private static void icmp(Octets frame, int at, Reading reading) {
    reading.say("ICMP");
    int type = frame.u8(at);
    reading
        .fact("icmp type", type)
        .say(
            switch (type) {
              case 0 -> "echo reply";
              case 3 -> "destination unreachable";
              case 5 -> "redirect";
              case 8 -> "echo request";
              case 11 -> "time exceeded";
              default -> "type " + type;
            });
  }

  private static void tcp(Octets frame, int at, Reading reading) {
    reading.say("TCP").say(ports(frame, at, reading));
    int bits = frame.u8(at + TCP_FLAGS);
    StringBuilder flags = new StringBuilder();
    for (int i = 0; i < TCP_NAMES.length; i++) {
      if ((bits >> i & 1) != 0) {
        flags.append(flags.isEmpty() ? "" : ",").append(TCP_NAMES[i]);
      }
    }
    reading.say("[" + flags + "]");
  }

  private static void udp(Octets frame, int at, Reading reading) {
    reading.say("UDP").say(ports(frame, at, reading));
    int from = frame.u16(at);
    int to = frame.u16(at + 2);
    if (from == 67 || from == 68 || to == 67 || to == 68) {
      DhcpReader.readV4(frame, at + UDP_HEADER, reading);
    } else if (from == 546 || from == 547 || to == 546 || to == 547) {
      DhcpReader.readV6(frame, at + UDP_HEADER, reading);
    }
  }

  private static String ports(Octets frame, int at, Reading reading) {
    int from = frame.u16(at);
    int to = frame.u16(at + 2);
    reading.fact("source port", from).fact("destination port", to);
    return from + " > " + to;
  }
}
