package io.arbalest.linux.netlink;

/** Flags and types of the message header, {@code linux/netlink.h}. */
public final class NetlinkFlags {
  public static final int REQUEST = 0x1;
  public static final int ACK = 0x4;

  /** In a dump: something changed while it ran, so the answer may be inconsistent. */
  public static final int DUMP_INTERRUPTED = 0x10;

  /** In an acknowledgement: the request is not repeated in it. */
  public static final int CAPPED = 0x100;

  /** In an acknowledgement: attributes with the kernel's words follow. */
  public static final int ACK_ATTRIBUTES = 0x200;

  public static final int DUMP = 0x300;
  public static final int REPLACE = 0x100;
  public static final int EXCLUSIVE = 0x200;
  public static final int CREATE = 0x400;
  public static final int APPEND = 0x800;

  /** Message types below this are netlink's own, not the family's. */
  static final int FIRST_FAMILY_TYPE = 0x10;

  static final int NOOP = 1;
  static final int ERROR = 2;
  static final int DONE = 3;

  private NetlinkFlags() {}
}
