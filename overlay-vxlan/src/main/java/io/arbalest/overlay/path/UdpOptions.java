package io.arbalest.overlay.path;

/** Numbers of {@code linux/udp.h}, {@code linux/in.h} and {@code asm-generic/socket.h}. */
final class UdpOptions {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_NONBLOCK = 0x800;
  static final int SOCK_CLOEXEC = 0x80000;

  static final int SOL_SOCKET = 1;
  static final int SO_RCVBUF = 8;
  static final int SO_SNDBUFFORCE = 32;
  static final int SO_RCVBUFFORCE = 33;

  /** Counters of a socket's memory, {@code linux/sock_diag.h}. */
  static final int SO_MEMINFO = 55;

  static final int MEMINFO_LENGTH = 9 * Integer.BYTES;
  static final int MEMINFO_DROPS = 8 * Integer.BYTES;

  static final int IPPROTO_IP = 0;
  static final int IP_MTU_DISCOVER = 10;
  static final int IPV6_MTU_DISCOVER = 23;

  /** Never fragment, and refuse what is longer than the path is known to carry. */
  static final int PMTUDISC_DO = 2;

  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_V6ONLY = 26;

  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;
  static final int UDP_GRO = 104;

  static final int MSG_TRUNC = 0x20;
  static final int MSG_NOSIGNAL = 0x4000;

  /** The most segments that every kernel takes in one UDP_SEGMENT send. */
  static final int MAX_SEGMENTS = 64;

  /** The most octets of UDP payload in one send over IPv4; IPv6 would take 20 more. */
  static final int MAX_PAYLOAD = 65507;

  private UdpOptions() {}
}
