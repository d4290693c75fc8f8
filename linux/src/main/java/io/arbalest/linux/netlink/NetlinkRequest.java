package io.arbalest.linux.netlink;

/**
 * A request that has not been numbered yet.
 *
 * @param kind whether it changes, reads one thing, or lists
 * @param what the verb and its object for error texts and failpoints: "RTM_NEWLINK net0"
 * @param type the family's message type
 * @param flags the {@link NetlinkFlags} of a change, or 0; the socket adds the others
 * @param body fixed header and attributes
 */
public record NetlinkRequest(Kind kind, String what, int type, int flags, NetlinkWriter body) {
  /** What a request is for. */
  public enum Kind {
    /** Changes the kernel's state; answered by an acknowledgement. */
    CHANGE(NetlinkFlags.ACK),
    /** Reads one object; answered by it and an acknowledgement. */
    GET(NetlinkFlags.ACK),
    /** Lists; answered by any number of messages and an end. */
    DUMP(NetlinkFlags.DUMP);

    private final int flags;

    Kind(int flags) {
      this.flags = flags;
    }
  }

  /** A request that changes state. */
  public static NetlinkRequest change(String what, int type, int flags, NetlinkWriter body) {
    return new NetlinkRequest(Kind.CHANGE, what, type, flags, body);
  }

  /** A request for one object. */
  public static NetlinkRequest get(String what, int type, NetlinkWriter body) {
    return new NetlinkRequest(Kind.GET, what, type, 0, body);
  }

  /** A request for a list. */
  public static NetlinkRequest dump(String what, int type, NetlinkWriter body) {
    return new NetlinkRequest(Kind.DUMP, what, type, 0, body);
  }

  /** The message to send. */
  NetlinkMessage toMessage(int sequence) {
    int all = NetlinkFlags.REQUEST | kind.flags | flags;
    return new NetlinkMessage(type, all, sequence, 0, body.toBytes());
  }
}
