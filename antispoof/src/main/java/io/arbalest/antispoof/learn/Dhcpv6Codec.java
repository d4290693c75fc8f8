package io.arbalest.antispoof.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads DHCPv6 messages, RFC 8415. One with an option that is longer than what it is in is none;
 * relayed messages are none either.
 */
final class Dhcpv6Codec {
  static final int CLIENT_PORT = 546;
  static final int SERVER_PORT = 547;

  private static final int TYPE = 0;
  private static final int XID = 0;
  private static final long XID_MASK = 0xff_ffffL;
  private static final int OPTIONS = 4;

  private static final int OPTION_LENGTH = 2;
  private static final int OPTION_HEADER = 4;

  private static final int CLIENT = 1;
  private static final int SERVER = 2;
  private static final int IA_NA = 3;
  private static final int IA_TA = 4;
  private static final int IA_ADDRESS = 5;
  private static final int STATUS = 13;
  private static final int RAPID_COMMIT = 14;

  /** What precedes the options of IA_NA: IAID, T1, T2; of IA_TA: IAID. */
  private static final int IA_NA_FIXED = 12;

  private static final int IA_TA_FIXED = 4;

  private static final int PREFERRED = 16;
  private static final int VALID = 20;
  private static final int IA_ADDRESS_FIXED = 24;

  /** RFC 8415 section 11.1: a type and 1 to 128 octets. */
  private static final int MIN_DUID = 3;

  private static final int MAX_DUID = 130;

  private Dhcpv6Codec() {}

  static Optional<Dhcpv6Message> decode(Octets message) {
    if (!message.has(0, OPTIONS)) {
      return Optional.empty();
    }
    return Dhcpv6Message.Type.of(message.u8(TYPE))
        .flatMap(
            type ->
                Options.of(message.from(OPTIONS))
                    .map(options -> message(type, (int) (message.u32(XID) & XID_MASK), options)));
  }

  private static Dhcpv6Message message(Dhcpv6Message.Type type, int xid, Options options) {
    return new Dhcpv6Message(
        type,
        xid,
        options.duid(CLIENT),
        options.duid(SERVER),
        options.first(RAPID_COMMIT).isPresent(),
        options.status(),
        options.associations());
  }

  private record Option(int code, Octets value) {}

  /** The options at one level, in order. */
  private record Options(List<Option> list) {

    static Optional<Options> of(Octets place) {
      List<Option> list = new ArrayList<>();
      int at = 0;
      while (at < place.size()) {
        int length = place.has(at, OPTION_HEADER) ? place.u16(at + OPTION_LENGTH) : place.size();
        if (!place.has(at + OPTION_HEADER, length)) {
          return Optional.empty();
        }
        list.add(new Option(place.u16(at), place.slice(at + OPTION_HEADER, length)));
        at += OPTION_HEADER + length;
      }
      return Optional.of(new Options(list));
    }

    /** The options behind a fixed part; none if they cannot be read. */
    static Optional<Options> behind(Octets place, int fixed) {
      return place.has(0, fixed) ? of(place.from(fixed)) : Optional.empty();
    }

    Optional<Octets> first(int code) {
      return list.stream().filter(option -> option.code() == code).map(Option::value).findFirst();
    }

    Optional<ClientId> duid(int code) {
      return first(code)
          .filter(octets -> octets.size() >= MIN_DUID && octets.size() <= MAX_DUID)
          .map(ClientId::of);
    }

    Dhcpv6Message.Status status() {
      return first(STATUS)
          .filter(octets -> octets.has(0, 2))
          .map(octets -> new Dhcpv6Message.Status(octets.u16(0)))
          .orElse(Dhcpv6Message.Status.SUCCESS);
    }

    /** Those that can be read; one that cannot does not spoil the others. */
    List<Dhcpv6Message.Association> associations() {
      List<Dhcpv6Message.Association> found = new ArrayList<>();
      for (Option option : list) {
        if (option.code() == IA_NA || option.code() == IA_TA) {
          association(option).ifPresent(found::add);
        }
      }
      return found;
    }

    private static Optional<Dhcpv6Message.Association> association(Option option) {
      boolean temporary = option.code() == IA_TA;
      return behind(option.value(), temporary ? IA_TA_FIXED : IA_NA_FIXED)
          .map(
              inner ->
                  new Dhcpv6Message.Association(
                      temporary, option.value().u32(0), inner.status(), inner.grants()));
    }

    private List<Dhcpv6Message.Grant> grants() {
      List<Dhcpv6Message.Grant> found = new ArrayList<>();
      for (Option option : list) {
        if (option.code() == IA_ADDRESS) {
          grant(option.value()).ifPresent(found::add);
        }
      }
      return found;
    }

    private static Optional<Dhcpv6Message.Grant> grant(Octets value) {
      return behind(value, IA_ADDRESS_FIXED)
          .map(
              inner ->
                  new Dhcpv6Message.Grant(
                      IpAddresses.ipv6(value, 0),
                      value.u32(PREFERRED),
                      value.u32(VALID),
                      inner.status()));
    }
  }
}
