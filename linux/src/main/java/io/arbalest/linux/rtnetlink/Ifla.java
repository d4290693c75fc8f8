package io.arbalest.linux.rtnetlink;

/** Attributes of links, {@code linux/if_link.h} and {@code linux/veth.h}. */
final class Ifla {
  static final int ADDRESS = 1;
  static final int IFNAME = 3;
  static final int MTU = 4;
  static final int LINK = 5;
  static final int MASTER = 10;
  static final int TXQLEN = 13;
  static final int LINKINFO = 18;
  static final int IFALIAS = 20;
  static final int STATS64 = 23;
  static final int AF_SPEC = 26;
  static final int GROUP = 27;
  static final int NET_NS_FD = 28;
  static final int LINK_NETNSID = 37;
  static final int GSO_MAX_SIZE = 41;
  static final int PROP_LIST = 52;
  static final int ALT_IFNAME = 53;
  static final int GRO_MAX_SIZE = 58;
  static final int GSO_IPV4_MAX_SIZE = 63;
  static final int GRO_IPV4_MAX_SIZE = 64;

  static final int INFO_KIND = 1;
  static final int INFO_DATA = 2;

  static final int VETH_INFO_PEER = 1;

  /** The address families as attributes of {@link #AF_SPEC}. */
  static final int AF_INET = 2;

  static final int AF_INET6 = 10;

  /** Settings of {@code /proc/sys/net/ipv4/conf}, by their numbers ({@code linux/ip.h}). */
  static final int INET_CONF = 1;

  static final int INET_FORWARDING = 1;
  static final int INET_PROXY_ARP = 3;
  static final int INET_ACCEPT_REDIRECTS = 4;
  static final int INET_RP_FILTER = 8;
  static final int INET_ARP_IGNORE = 19;
  static final int INET_DROP_UNICAST_IN_MULTICAST = 30;
  static final int RP_FILTER_STRICT = 1;
  static final int ARP_IGNORE_ALL = 8;

  static final int INET6_ADDR_GEN_MODE = 8;
  static final int ADDR_GEN_NONE = 1;

  static final int VXLAN_ID = 1;
  static final int VXLAN_GROUP = 2;
  static final int VXLAN_LINK = 3;
  static final int VXLAN_LOCAL = 4;
  static final int VXLAN_LEARNING = 7;
  static final int VXLAN_PORT = 15;
  static final int VXLAN_GROUP6 = 16;
  static final int VXLAN_LOCAL6 = 17;
  static final int VXLAN_COLLECT_METADATA = 25;

  static final int TUN_TYPE = 3;
  static final int TUN_VNET_HDR = 5;
  static final int TUN_PERSIST = 6;
  static final int TUN_MULTI_QUEUE = 7;

  private Ifla() {}
}
