package io.arbalest.linux.rtnetlink;

/** Message types and sizes of fixed headers, {@code linux/rtnetlink.h}. */
final class Rtm {
  static final int NEWLINK = 16;
  static final int DELLINK = 17;
  static final int GETLINK = 18;
  static final int NEWADDR = 20;
  static final int DELADDR = 21;
  static final int GETADDR = 22;
  static final int NEWROUTE = 24;
  static final int DELROUTE = 25;
  static final int GETROUTE = 26;
  static final int NEWNEIGH = 28;
  static final int DELNEIGH = 29;
  static final int GETNEIGH = 30;
  static final int NEWQDISC = 36;
  static final int DELQDISC = 37;
  static final int GETQDISC = 38;
  static final int NEWTFILTER = 44;
  static final int DELTFILTER = 45;
  static final int GETTFILTER = 46;
  static final int NEWCHAIN = 100;
  static final int DELCHAIN = 101;
  static final int NEWLINKPROP = 108;
  static final int DELLINKPROP = 109;

  /** {@code struct ifinfomsg}: family u8, pad, type u16, index s32, flags u32, change u32. */
  static final int IFINFOMSG = 16;

  /** {@code struct ifaddrmsg}: family, prefix length, flags, scope u8, index u32. */
  static final int IFADDRMSG = 8;

  /**
   * {@code struct rtmsg}: family, destination length, source length, tos, table, protocol, scope,
   * type u8, flags u32.
   */
  static final int RTMSG = 12;

  /** {@code struct ndmsg}: family u8, pad, index s32, state u16, flags u8, type u8. */
  static final int NDMSG = 12;

  /** {@code struct tcmsg}: family u8, pad, index s32, handle, parent, info u32. */
  static final int TCMSG = 20;

  static final int TCM_IFINDEX = 4;

  static final int AF_UNSPEC = 0;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  private Rtm() {}
}
