package io.arbalest.overlay.path;

/** The Internet checksum as RFC 1071 tells it, word by word: the model for the fast one. */
final class SlowSum {
  private SlowSum() {}

  /** The folded sum of a range. */
  static int of(byte[] data, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i += 2) {
      int low = i + 1 < to ? data[i + 1] & 0xff : 0;
      sum += (data[i] & 0xff) << 8 | low;
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return sum;
  }

  /** The folded sum of a frame's pseudo header. */
  static int pseudo(byte[] frame, int l4, boolean v6) {
    int ip = Ethernet.HEADER;
    int protocol = frame[ip + (v6 ? Ip.V6_NEXT_HEADER : Ip.V4_PROTOCOL)];
    int from = ip + (v6 ? Ip.V6_SOURCE : Ip.V4_SOURCE);
    int sum = of(frame, from, from + (v6 ? 32 : 8)) + protocol + frame.length - l4;
    sum = (sum & 0xffff) + (sum >>> 16);
    return (sum & 0xffff) + (sum >>> 16);
  }

  /** The checksum of a frame's transport, whose field must be zero. */
  static int transport(byte[] frame, int l4, boolean v6) {
    int sum = pseudo(frame, l4, v6) + of(frame, l4, frame.length);
    return ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
  }
}
