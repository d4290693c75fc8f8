package io.arbalest.antispoof.learn;

import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.join;
import static io.arbalest.antispoof.Frames.u16;

import io.arbalest.antispoof.Frames;
import java.util.ArrayList;
import java.util.List;

/** Builds DHCPv6 messages option by option, right and wrong ones. */
final class Dhcp6 {
  static final int SOLICIT = 1;
  static final int ADVERTISE = 2;
  static final int REQUEST = 3;
  static final int CONFIRM = 4;
  static final int RENEW = 5;
  static final int REBIND = 6;
  static final int REPLY = 7;
  static final int RELEASE = 8;
  static final int DECLINE = 9;
  static final int INFORMATION_REQUEST = 11;

  static final byte[] CLIENT = bytes(0, 3, 0, 1, 2, 8, 0x20, 0x11, 0x22, 0x33);
  static final byte[] SERVER = bytes(0, 3, 0, 1, 2, 8, 0x20, 0xaa, 0xbb, 0xcc);
  static final byte[] OTHER_SERVER = bytes(0, 3, 0, 1, 2, 8, 0x20, 0xdd, 0xee, 0xff);

  private final int type;
  private int xid = 0x123456;
  private final List<byte[]> options = new ArrayList<>();

  private Dhcp6(int type) {
    this.type = type;
  }

  static Dhcp6 of(int type) {
    return new Dhcp6(type).option(1, CLIENT);
  }

  static Dhcp6 nameless(int type) {
    return new Dhcp6(type);
  }

  Dhcp6 xid(int value) {
    xid = value;
    return this;
  }

  Dhcp6 option(int code, byte[]... value) {
    options.add(opt(code, value));
    return this;
  }

  Dhcp6 server(byte[] duid) {
    return option(2, duid);
  }

  Dhcp6 rapid() {
    return option(14);
  }

  /** An IA_NA with number 7. */
  Dhcp6 association(byte[]... inner) {
    return option(3, Dhcp4.u32(7), Dhcp4.u32(100), Dhcp4.u32(200), join(inner));
  }

  /** An IA_TA with number 8. */
  Dhcp6 temporary(byte[]... inner) {
    return option(4, Dhcp4.u32(8), join(inner));
  }

  static byte[] opt(int code, byte[]... value) {
    byte[] body = join(value);
    return join(u16(code, body.length), body);
  }

  static byte[] address(String ip, long preferred, long valid, byte[]... inner) {
    return opt(5, Frames.ip(ip), Dhcp4.u32(preferred), Dhcp4.u32(valid), join(inner));
  }

  static byte[] status(int code) {
    return opt(13, u16(code));
  }

  byte[] message() {
    return join(bytes(type, xid >> 16, xid >> 8, xid), join(options.toArray(byte[][]::new)));
  }

  byte[] fromZone() {
    return Frames.own(
        Frames.IPV6,
        Frames.ipv6(Frames.LINK_LOCAL, "ff02::1:2", Frames.UDP, Frames.udp(546, 547, message())));
  }

  byte[] toZone() {
    return Frames.ethernet(
        Frames.OTHER_MAC,
        Frames.IPV6,
        Frames.ipv6("fe80::1", Frames.LINK_LOCAL, Frames.UDP, Frames.udp(547, 546, message())));
  }
}
