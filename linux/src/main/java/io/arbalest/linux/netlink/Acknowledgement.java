package io.arbalest.linux.netlink;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * How a request ended: {@code struct nlmsgerr} of an NLMSG_ERROR, or the error of an NLMSG_DONE.
 *
 * @param error 0 for success, else a positive error number
 * @param words the kernel's own words (NLMSGERR_ATTR_MSG), also a warning beside success; or empty
 * @param offset where in the request the refused attribute is, if the kernel says so
 */
record Acknowledgement(int error, String words, OptionalLong offset) {
  private static final int ATTR_MSG = 1;
  private static final int ATTR_OFFS = 2;

  /** Reads an acknowledgement; total, a body that is too short counts as success of nothing. */
  static Acknowledgement decode(NetlinkMessage message) {
    ByteBuffer body = message.body();
    int code = body.remaining() >= Integer.BYTES ? body.getInt(0) : 0;
    // The kernel negates error numbers. A DONE may also carry a dump's positive byte count.
    int error = code < 0 ? -code : 0;
    if (!message.hasFlag(NetlinkFlags.ACK_ATTRIBUTES)) {
      return new Acknowledgement(error, "", OptionalLong.empty());
    }
    Attributes attributes = message.attributes(offsetOf(message, body));
    return new Acknowledgement(
        error, attributes.string(ATTR_MSG).orElse(""), attributes.u32(ATTR_OFFS));
  }

  /** The attributes stand behind the error number and, after an NLMSG_ERROR, behind the request. */
  private static int offsetOf(NetlinkMessage message, ByteBuffer body) {
    if (message.type() == NetlinkFlags.DONE) {
      return Integer.BYTES;
    }
    boolean whole = !message.hasFlag(NetlinkFlags.CAPPED) && body.remaining() >= 2 * Integer.BYTES;
    int request = whole ? body.getInt(Integer.BYTES) : NetlinkMessage.HEADER;
    return Integer.BYTES + Math.clamp(request, 0, body.remaining());
  }

  /** For {@code KernelException.detail}. */
  String detail() {
    if (offset.isEmpty()) {
      return words;
    }
    String place = "attribute at byte " + offset.getAsLong() + " of the request";
    return words.isEmpty() ? place : words + " (" + place + ")";
  }
}
