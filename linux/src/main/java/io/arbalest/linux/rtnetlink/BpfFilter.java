package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.netlink.Attributes;
import io.arbalest.linux.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A cls_bpf filter that the kernel has. It belongs to the kernel: it stays when the process that
 * attached it ends.
 *
 * @param name the text given when it was attached
 * @param programId the BPF program's id; 0 if the kernel did not say
 * @param tag the program's tag: 16 hex digits, a hash of its instructions
 * @param directAction whether the program's result is the verdict
 */
public record BpfFilter(
    FilterPlace place, String name, long programId, String tag, boolean directAction) {
  static final int TCA_KIND = 1;
  static final int TCA_OPTIONS = 2;
  static final int TCA_BPF_FD = 6;
  static final int TCA_BPF_NAME = 7;
  static final int TCA_BPF_FLAGS = 8;
  static final int DIRECT_ACTION = 1;
  static final String KIND = "bpf";

  private static final int TCA_CHAIN = 11;
  private static final int TCA_BPF_TAG = 10;
  private static final int TCA_BPF_ID = 11;

  /**
   * Reads RTM_NEWTFILTER of this kind; total. A list also has headers of preferences, and filters
   * of chains that frames only get to by a jump: not these.
   */
  static Optional<BpfFilter> decode(NetlinkMessage message, Direction direction) {
    if (message.type() != Rtm.NEWTFILTER || message.length() < Rtm.TCMSG) {
      return Optional.empty();
    }
    ByteBuffer header = message.body();
    Attributes attributes = message.attributes(Rtm.TCMSG);
    int handle = header.getInt(8);
    int preference = header.getInt(16) >>> 16;
    boolean isBpf = attributes.string(TCA_KIND).filter(KIND::equals).isPresent();
    boolean inMainChain = attributes.u32(TCA_CHAIN).orElse(0) == 0;
    if (!isBpf || !inMainChain || handle == 0 || preference == 0) {
      return Optional.empty();
    }
    FilterPlace place = new FilterPlace(header.getInt(4), direction, preference, handle);
    return Optional.of(decode(place, attributes.nested(TCA_OPTIONS)));
  }

  private static BpfFilter decode(FilterPlace place, Attributes options) {
    return new BpfFilter(
        place,
        options.string(TCA_BPF_NAME).orElse(""),
        options.u32(TCA_BPF_ID).orElse(0),
        options.bytes(TCA_BPF_TAG).map(HexFormat.of()::formatHex).orElse(""),
        (options.u32(TCA_BPF_FLAGS).orElse(0) & DIRECT_ACTION) != 0);
  }
}
