package io.arbalest.antispoof.explain;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import java.util.Arrays;

/**
 * Bytes of a frame of which any may be missing at the end. Numbers are big-endian. Reading past the
 * end throws {@link Cut}, which never leaves this package.
 */
@SuppressWarnings("ArrayRecordComponent") // a view: never compared
record Octets(byte[] bytes) {
  /** The frame ends before what was asked for. */
  static final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Cut() {
      super(null, null, false, false);
    }
  }

  int length() {
    return bytes.length;
  }

  private void require(int offset, int width) {
    if (offset < 0 || offset > bytes.length - width) {
      throw new Cut();
    }
  }

  int u8(int offset) {
    require(offset, 1);
    return bytes[offset] & 0xff;
  }

  int u16(int offset) {
    require(offset, 2);
    return u8(offset) << 8 | u8(offset + 1);
  }

  MacAddress mac(int offset) {
    require(offset, MacAddress.LENGTH);
    return MacAddress.of(Arrays.copyOfRange(bytes, offset, offset + MacAddress.LENGTH));
  }

  String ipv4(int offset) {
    return ip(offset, 4);
  }

  String ipv6(int offset) {
    return ip(offset, 16);
  }

  private String ip(int offset, int width) {
    require(offset, width);
    byte[] octets = Arrays.copyOfRange(bytes, offset, offset + width);
    return isMapped(octets)
        ? "::ffff:" + IpLiteral.format(IpLiteral.ofBytes(Arrays.copyOfRange(octets, 12, 16)))
        : IpLiteral.format(IpLiteral.ofBytes(octets));
  }

  /** Java would make IPv4 of it. */
  private static boolean isMapped(byte[] octets) {
    for (int i = 0; i < 10; i++) {
      if (octets.length != 16 || octets[i] != 0) {
        return false;
      }
    }
    return octets[10] == -1 && octets[11] == -1;
  }
}
