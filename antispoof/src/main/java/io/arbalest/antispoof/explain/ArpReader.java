package io.arbalest.antispoof.explain;

/** Reads ARP (RFC 826) for Ethernet and IPv4. */
final class ArpReader {
  private static final int HARDWARE = 0;
  private static final int PROTOCOL = 2;
  private static final int LENGTHS = 4;
  private static final int OPERATION = 6;
  private static final int SENDER_MAC = 8;
  private static final int SENDER_IP = 14;
  private static final int TARGET_MAC = 18;
  private static final int TARGET_IP = 24;
  private static final int ETHERNET_AND_IPV4 = 0x0604;
  private static final String NOBODY = "0.0.0.0";

  private ArpReader() {}

  static void read(Octets frame, int at, Reading reading) {
    reading.say("ARP");
    boolean plain =
        frame.u16(at + HARDWARE) == 1
            && frame.u16(at + PROTOCOL) == 0x0800
            && frame.u16(at + LENGTHS) == ETHERNET_AND_IPV4;
    int operation = frame.u16(at + OPERATION);
    reading.fact("arp operation", operation);
    if (!plain) {
      reading.say("for other than Ethernet and IPv4");
      return;
    }
    String sender = frame.ipv4(at + SENDER_IP);
    String target = frame.ipv4(at + TARGET_IP);
    reading
        .fact("arp sender mac", frame.mac(at + SENDER_MAC))
        .fact("arp sender address", sender)
        .fact("arp target mac", frame.mac(at + TARGET_MAC))
        .fact("arp target address", target);
    reading.say(
        switch (operation) {
          case 1 -> request(sender, target);
          case 2 -> "reply " + sender + " is-at " + frame.mac(at + SENDER_MAC);
          default -> "operation " + operation + " from " + sender;
        });
  }

  private static String request(String sender, String target) {
    if (sender.equals(NOBODY)) {
      return "probe for " + target;
    }
    return sender.equals(target)
        ? "announcement of " + sender
        : "who-has " + target + " tell " + sender;
  }
}
