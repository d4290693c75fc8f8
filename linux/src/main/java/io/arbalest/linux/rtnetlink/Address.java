package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.netlink.Attributes;
import io.arbalest.linux.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IP address of a link.
 *
 * @param linkIndex the link's index
 * @param prefix the address with its network's length
 * @param scope 0 global, 253 link, 254 host
 * @param permanent set by an administrator, not learned or temporary
 * @param tentative IPv6 duplicate detection is not finished, so it is not usable yet
 * @param duplicate IPv6 duplicate detection found another station with it
 */
public record Address(
    int linkIndex,
    IpPrefix prefix,
    int scope,
    boolean permanent,
    boolean tentative,
    boolean duplicate) {
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int IFA_FLAGS = 8;
  private static final int F_DADFAILED = 0x08;
  private static final int F_TENTATIVE = 0x40;
  private static final int F_PERMANENT = 0x80;

  /** Reads RTM_NEWADDR and RTM_DELADDR; total. */
  static Optional<Address> decode(NetlinkMessage message) {
    boolean isAddress = message.type() == Rtm.NEWADDR || message.type() == Rtm.DELADDR;
    if (!isAddress || message.length() < Rtm.IFADDRMSG) {
      return Optional.empty();
    }
    ByteBuffer header = message.body();
    Attributes attributes = message.attributes(Rtm.IFADDRMSG);
    long flags = attributes.u32(IFA_FLAGS).orElse(Byte.toUnsignedLong(header.get(2)));
    return local(attributes, Byte.toUnsignedInt(header.get(1)))
        .map(
            prefix ->
                new Address(
                    header.getInt(4),
                    prefix,
                    Byte.toUnsignedInt(header.get(3)),
                    (flags & F_PERMANENT) != 0,
                    (flags & F_TENTATIVE) != 0,
                    (flags & F_DADFAILED) != 0));
  }

  /** IPv6 has only IFA_ADDRESS; for IPv4 that is the far end of a point-to-point link. */
  private static Optional<IpPrefix> local(Attributes attributes, int length) {
    return attributes
        .bytes(IFA_LOCAL)
        .or(() -> attributes.bytes(IFA_ADDRESS))
        .flatMap(bytes -> prefix(bytes, length));
  }

  /** The prefix, or empty if bytes and length cannot be one. */
  static Optional<IpPrefix> prefix(byte[] bytes, int length) {
    boolean valid = (bytes.length == 4 || bytes.length == 16) && length <= bytes.length * Byte.SIZE;
    return valid ? Optional.of(new IpPrefix(IpLiteral.ofBytes(bytes), length)) : Optional.empty();
  }

  /** The IP address of an attribute, or empty if it is none. */
  static Optional<InetAddress> ip(Attributes attributes, int type) {
    return attributes
        .bytes(type)
        .filter(bytes -> bytes.length == 4 || bytes.length == 16)
        .map(IpLiteral::ofBytes);
  }
}
