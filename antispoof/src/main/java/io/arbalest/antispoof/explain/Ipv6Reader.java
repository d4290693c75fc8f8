package io.arbalest.antispoof.explain;

/** Reads IPv6 (RFC 8200) and the extension headers before what it carries. */
final class Ipv6Reader {
  private static final int VERSION = 0;
  private static final int NEXT = 6;
  private static final int HOP_LIMIT = 7;
  private static final int SOURCE = 8;
  private static final int DESTINATION = 24;
  private static final int HEADER = 40;
  private static final int MAX_EXTENSIONS = 16;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;

  private Ipv6Reader() {}

  static void read(Octets frame, int at, Reading reading) {
    int version = frame.u8(at + VERSION) >> 4;
    if (version != 6) {
      reading.say("IPv6").fact("ip version", version).say("by EtherType, version " + version);
      return;
    }
    String source = frame.ipv6(at + SOURCE);
    String destination = frame.ipv6(at + DESTINATION);
    reading
        .say("IPv6 " + source + " > " + destination)
        .fact("ip source", source)
        .fact("ip destination", destination)
        .fact("hop limit", frame.u8(at + HOP_LIMIT));
    extensions(frame, at + HEADER, frame.u8(at + NEXT), reading);
  }

  private static void extensions(Octets frame, int start, int first, Reading reading) {
    int at = start;
    int next = first;
    for (int count = 0; isExtension(next) && count < MAX_EXTENSIONS; count++) {
      reading.fact("extension header", next);
      if (next == FRAGMENT && (frame.u16(at + 2) & 0xfff8) != 0) {
        reading.say("fragment at " + (frame.u16(at + 2) & 0xfff8));
        return;
      }
      int length = length(frame, at, next);
      next = frame.u8(at);
      at += length;
    }
    reading.fact("ip protocol", next);
    UpperReader.read(frame, at, next, reading);
  }

  private static boolean isExtension(int next) {
    return switch (next) {
      case 0, 43, FRAGMENT, AUTHENTICATION, 60, 135, 139, 140 -> true;
      default -> false;
    };
  }

  private static int length(Octets frame, int at, int kind) {
    return switch (kind) {
      case FRAGMENT -> 8;
      case AUTHENTICATION -> (frame.u8(at + 1) + 2) * 4;
      default -> (frame.u8(at + 1) + 1) * 8;
    };
  }
}
