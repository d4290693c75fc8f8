package io.arbalest.antispoof.rules;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A frame as the rules see it.
 *
 * @param bytes from the Ethernet destination on, without the frame check sequence; not copied
 * @param tag what the kernel took off before: a VLAN tag is then no longer among the bytes
 * @param aggregate whether its receiver makes several frames of it (GSO)
 */
@SuppressWarnings("ArrayRecordComponent") // a view: copying each frame would buy nothing
public record Frame(byte[] bytes, Optional<VlanTag> tag, boolean aggregate) {
  private static final int ETHERTYPE = 12;
  private static final int TAG_LENGTH = 4;

  /** A frame that is one, and no aggregate. */
  public Frame(byte[] bytes, Optional<VlanTag> tag) {
    this(bytes, tag, false);
  }

  /** An aggregate without a VLAN tag. */
  public static Frame aggregate(byte[] bytes) {
    return new Frame(bytes, Optional.empty(), true);
  }

  /** A frame that came without a VLAN tag taken off. */
  public static Frame of(byte[] bytes) {
    return new Frame(bytes, Optional.empty());
  }

  /**
   * A frame as a port receives it: the kernel takes the first VLAN tag off. It does not look for
   * one in a frame that ends before the EtherType behind.
   */
  public static Frame received(byte[] wire) {
    int behind = ETHERTYPE + TAG_LENGTH;
    if (wire.length < behind + Short.BYTES) {
      return of(wire);
    }
    int protocol = u16(wire, ETHERTYPE);
    if (protocol != VlanTag.CUSTOMER && protocol != VlanTag.SERVICE) {
      return of(wire);
    }
    ByteBuffer rest = ByteBuffer.allocate(wire.length - TAG_LENGTH);
    rest.put(wire, 0, ETHERTYPE).put(wire, behind, wire.length - behind);
    return new Frame(
        rest.array(), Optional.of(new VlanTag(protocol, u16(wire, ETHERTYPE + Short.BYTES))));
  }

  /** The frame as it was on the wire, with its tag put back. */
  public byte[] wire() {
    return tag.map(this::tagged).orElse(bytes);
  }

  private byte[] tagged(VlanTag it) {
    return ByteBuffer.allocate(bytes.length + TAG_LENGTH)
        .put(bytes, 0, ETHERTYPE)
        .putShort((short) it.protocol())
        .putShort((short) it.control())
        .put(bytes, ETHERTYPE, bytes.length - ETHERTYPE)
        .array();
  }

  /** Whether the kernel took a tag off. */
  public boolean tagStripped() {
    return tag.isPresent();
  }

  private static int u16(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getShort(at) & 0xffff;
  }
}
