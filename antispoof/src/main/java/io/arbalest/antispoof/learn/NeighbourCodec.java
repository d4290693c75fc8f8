package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.learn.RouterAdvertisement.PrefixInformation;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what neighbour discovery (RFC 4861) tells about addresses. */
final class NeighbourCodec {
  private static final int TYPE = 0;
  private static final int CODE = 1;
  private static final int ROUTER_ADVERTISEMENT = 134;
  private static final int SOLICITATION = 135;

  private static final int ADVERTISEMENT_OPTIONS = 16;
  private static final int TARGET = 8;
  private static final int SOLICITATION_OPTIONS = 24;

  private static final int OPTION_LENGTH = 1;
  private static final int OPTION_UNIT = 8;
  private static final int PREFIX_INFORMATION = 3;
  private static final int PREFIX_INFORMATION_SIZE = 32;
  private static final int SOURCE_LINK_ADDRESS = 1;

  private static final int PREFIX_LENGTH = 2;
  private static final int PREFIX_FLAGS = 3;
  private static final int PREFIX_VALID = 4;
  private static final int PREFIX_PREFERRED = 8;
  private static final int PREFIX = 16;
  private static final int ON_LINK = 0x80;
  private static final int AUTONOMOUS = 0x40;

  /** That of a packet which no router has forwarded. */
  private static final int HOP_LIMIT = 255;

  private NeighbourCodec() {}

  /** A router advertisement that passes RFC 4861 section 6.1.2. */
  static Optional<RouterAdvertisement> advertisement(byte[] frame) {
    return FrameCodec.icmp6(frame)
        .filter(icmp -> isOf(icmp, ROUTER_ADVERTISEMENT, ADVERTISEMENT_OPTIONS))
        .filter(icmp -> IpAddresses.isLinkLocal(icmp.source()))
        .flatMap(
            icmp ->
                options(icmp.message().from(ADVERTISEMENT_OPTIONS))
                    .map(options -> new RouterAdvertisement(icmp.source(), prefixes(options))));
  }

  /**
   * The address that a solicitation from the unspecified address asks after: its sender wants it
   * (RFC 4862 section 5.4.2).
   */
  static Optional<Inet6Address> probe(byte[] frame) {
    return FrameCodec.icmp6(frame)
        .filter(icmp -> isOf(icmp, SOLICITATION, SOLICITATION_OPTIONS))
        .filter(icmp -> icmp.source().isAnyLocalAddress())
        .filter(
            icmp ->
                options(icmp.message().from(SOLICITATION_OPTIONS))
                    .filter(options -> options.stream().noneMatch(NeighbourCodec::isSource))
                    .isPresent())
        .map(icmp -> IpAddresses.ipv6(icmp.message(), TARGET));
  }

  private static boolean isOf(FrameCodec.Icmp6 icmp, int type, int size) {
    return icmp.message().has(0, size)
        && icmp.message().u8(TYPE) == type
        && icmp.message().u8(CODE) == 0
        && icmp.hopLimit() == HOP_LIMIT;
  }

  private static boolean isSource(Octets option) {
    return option.u8(TYPE) == SOURCE_LINK_ADDRESS;
  }

  /** The options, type and length included; empty unless they end where the message ends. */
  private static Optional<List<Octets>> options(Octets place) {
    List<Octets> options = new ArrayList<>();
    int at = 0;
    while (at < place.size()) {
      int length = place.has(at, 2) ? place.u8(at + OPTION_LENGTH) * OPTION_UNIT : 0;
      if (length == 0 || !place.has(at, length)) {
        return Optional.empty();
      }
      options.add(place.slice(at, length));
      at += length;
    }
    return Optional.of(options);
  }

  private static List<PrefixInformation> prefixes(List<Octets> options) {
    return options.stream()
        .filter(option -> option.u8(TYPE) == PREFIX_INFORMATION)
        .filter(option -> option.size() == PREFIX_INFORMATION_SIZE)
        .map(NeighbourCodec::prefix)
        .toList();
  }

  private static PrefixInformation prefix(Octets option) {
    int flags = option.u8(PREFIX_FLAGS);
    return new PrefixInformation(
        IpAddresses.ipv6(option, PREFIX),
        option.u8(PREFIX_LENGTH),
        (flags & ON_LINK) != 0,
        (flags & AUTONOMOUS) != 0,
        option.u32(PREFIX_VALID),
        option.u32(PREFIX_PREFERRED));
  }
}
