package io.arbalest.antispoof.explain;

/** Reads IPv4 (RFC 791). */
final class Ipv4Reader {
  private static final int VERSION = 0;
  private static final int FRAGMENT = 6;
  private static final int PROTOCOL = 9;
  private static final int SOURCE = 12;
  private static final int DESTINATION = 16;
  private static final int SHORTEST = 20;
  private static final int OFFSET_BITS = 0x1fff;

  private Ipv4Reader() {}

  static void read(Octets frame, int at, Reading reading) {
    int version = frame.u8(at + VERSION) >> 4;
    int headerLength = (frame.u8(at + VERSION) & 0xf) * 4;
    if (version != 4) {
      reading.say("IPv4").fact("ip version", version).say("by EtherType, version " + version);
      return;
    }
    reading.fact("ip header length", headerLength + " bytes");
    String source = frame.ipv4(at + SOURCE);
    String destination = frame.ipv4(at + DESTINATION);
    int protocol = frame.u8(at + PROTOCOL);
    reading
        .say("IPv4 " + source + " > " + destination)
        .fact("ip source", source)
        .fact("ip destination", destination)
        .fact("ip protocol", protocol);
    int offset = (frame.u16(at + FRAGMENT) & OFFSET_BITS) * 8;
    if (headerLength < SHORTEST) {
      reading.say("header of " + headerLength + " bytes");
    } else if (offset != 0) {
      reading.say("fragment at " + offset).fact("ip fragment offset", offset);
    } else {
      UpperReader.read(frame, at + headerLength, protocol, reading);
    }
  }
}
