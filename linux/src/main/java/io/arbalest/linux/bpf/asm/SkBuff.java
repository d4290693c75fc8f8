package io.arbalest.linux.bpf.asm;

/**
 * Byte offsets in {@code struct __sk_buff}, the context that a traffic-control program gets in R1
 * ({@code linux/bpf.h}). All are 32-bit words in host order unless said; those "be" are in network
 * order.
 */
public final class SkBuff {
  public static final int LEN = 0;
  public static final int PKT_TYPE = 4;
  public static final int MARK = 8;
  public static final int QUEUE_MAPPING = 12;

  /** EtherType, be, in the low half of the word. */
  public static final int PROTOCOL = 16;

  /** 1 if the kernel took a VLAN tag off the frame and keeps it in {@link #VLAN_TCI}. */
  public static final int VLAN_PRESENT = 20;

  public static final int VLAN_TCI = 24;

  /** EtherType of that tag, be. */
  public static final int VLAN_PROTO = 28;

  public static final int PRIORITY = 32;
  public static final int INGRESS_IFINDEX = 36;
  public static final int IFINDEX = 40;
  public static final int TC_INDEX = 44;

  /** Five words of scratch that follow the frame from program to program. */
  public static final int CB = 48;

  public static final int HASH = 68;
  public static final int TC_CLASSID = 72;

  /** Address of the first byte; loaded as a word, becomes a pointer. */
  public static final int DATA = 76;

  /** Address just past the last byte of the linear part. */
  public static final int DATA_END = 80;

  public static final int DATA_META = 140;

  /** Time stamp in ns, 64 bits. */
  public static final int TSTAMP = 152;

  public static final int WIRE_LEN = 160;
  public static final int GSO_SEGS = 164;
  public static final int GSO_SIZE = 176;

  /** Size of the structure that this table describes. */
  public static final int SIZE = 192;

  private SkBuff() {}
}
