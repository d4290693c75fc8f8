package io.arbalest.antispoof.rules;

/**
 * A frame as the rules see it.
 *
 * @param bytes from the Ethernet destination on, without the frame check sequence; not copied
 * @param tagStripped whether the kernel took a VLAN tag off before
 */
@SuppressWarnings("ArrayRecordComponent") // a view: copying each frame would buy nothing
public record Frame(byte[] bytes, boolean tagStripped) {
  /** A frame that came without a VLAN tag taken off. */
  public static Frame of(byte[] bytes) {
    return new Frame(bytes, false);
  }
}
