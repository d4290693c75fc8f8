package io.arbalest.antispoof.learn;

import io.arbalest.linux.net.MacAddress;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads DHCP messages: RFC 2131 section 2, options by RFC 2132, in more than one place by option
 * 52, in several pieces by RFC 3396. A message whose options do not end where they should, or that
 * has no type, is none.
 */
final class Dhcpv4Codec {
  static final int SERVER_PORT = 67;
  static final int CLIENT_PORT = 68;

  private static final int OP = 0;
  private static final int HARDWARE_TYPE = 1;
  private static final int HARDWARE_LENGTH = 2;
  private static final int XID = 4;
  private static final int CIADDR = 12;
  private static final int YIADDR = 16;
  private static final int SIADDR = 20;
  private static final int GIADDR = 24;
  private static final int CHADDR = 28;
  private static final int SNAME = 44;
  private static final int SNAME_LENGTH = 64;
  private static final int FILE = 108;
  private static final int FILE_LENGTH = 128;
  private static final int COOKIE = 236;
  private static final int OPTIONS = 240;

  private static final int REQUEST = 1;
  private static final int REPLY = 2;
  private static final int ETHERNET = 1;
  private static final long MAGIC = 0x6382_5363L;

  private static final int PAD = 0;
  private static final int MASK = 1;
  private static final int END = 255;
  private static final int REQUESTED = 50;
  private static final int LEASE_TIME = 51;
  private static final int OVERLOAD = 52;
  private static final int TYPE = 53;
  private static final int SERVER = 54;
  private static final int RENEWAL_TIME = 58;
  private static final int REBINDING_TIME = 59;
  private static final int CLIENT_ID = 61;
  private static final int RAPID_COMMIT = 80;

  private static final int FILE_HOLDS_OPTIONS = 1;
  private static final int SNAME_HOLDS_OPTIONS = 2;

  /** RFC 2132 section 9.14: a type and at least one octet. */
  private static final int MIN_CLIENT_ID = 2;

  private Dhcpv4Codec() {}

  static Optional<Dhcpv4Message> decode(Octets message) {
    if (!message.has(0, OPTIONS) || message.u32(COOKIE) != MAGIC) {
      return Optional.empty();
    }
    int op = message.u8(OP);
    Options options = new Options();
    if ((op != REQUEST && op != REPLY) || !options.readAll(message)) {
      return Optional.empty();
    }
    return options.type().map(type -> message(message, op == REPLY, type, options));
  }

  private static Dhcpv4Message message(
      Octets message, boolean fromServer, Dhcpv4Message.Type type, Options options) {
    return new Dhcpv4Message(
        fromServer,
        type,
        (int) message.u32(XID),
        client(message),
        new Dhcpv4Message.Addresses(
            IpAddresses.ipv4(message, CIADDR),
            IpAddresses.ipv4(message, YIADDR),
            IpAddresses.ipv4(message, SIADDR),
            IpAddresses.ipv4(message, GIADDR)),
        options.clientId(),
        options.address(REQUESTED),
        options.address(SERVER),
        options.address(MASK),
        new Dhcpv4Message.Times(
            options.seconds(LEASE_TIME),
            options.seconds(RENEWAL_TIME),
            options.seconds(REBINDING_TIME)),
        options.has(RAPID_COMMIT));
  }

  private static Optional<MacAddress> client(Octets message) {
    boolean ethernet =
        message.u8(HARDWARE_TYPE) == ETHERNET && message.u8(HARDWARE_LENGTH) == MacAddress.LENGTH;
    return ethernet ? Optional.of(MacAddress.of(message.u48(CHADDR))) : Optional.empty();
  }

  /** The options of one message; pieces of the same one are joined. */
  private static final class Options {
    private final Map<Integer, ByteArrayOutputStream> values = new HashMap<>();

    /** Reads the three places in the order of RFC 3396 section 5; false if one is malformed. */
    boolean readAll(Octets message) {
      if (!read(message.from(OPTIONS))) {
        return false;
      }
      int overload = value(OVERLOAD, 1).map(octets -> octets.u8(0)).orElse(0);
      return ((overload & FILE_HOLDS_OPTIONS) == 0 || read(message.slice(FILE, FILE_LENGTH)))
          && ((overload & SNAME_HOLDS_OPTIONS) == 0 || read(message.slice(SNAME, SNAME_LENGTH)));
    }

    /** A missing end option is forgiven, as clients forgive it. */
    private boolean read(Octets place) {
      int at = 0;
      while (at < place.size() && place.u8(at) != END) {
        if (place.u8(at) == PAD) {
          at++;
          continue;
        }
        int length = place.has(at, 2) ? place.u8(at + 1) : place.size();
        if (!place.has(at + 2, length)) {
          return false;
        }
        values
            .computeIfAbsent(place.u8(at), code -> new ByteArrayOutputStream())
            .writeBytes(place.slice(at + 2, length).copy());
        at += 2 + length;
      }
      return true;
    }

    boolean has(int code) {
      return values.containsKey(code);
    }

    private Optional<Octets> value(int code) {
      return Optional.ofNullable(values.get(code)).map(out -> Octets.of(out.toByteArray()));
    }

    /** The value if it has just that length; else it is as if it were not there. */
    private Optional<Octets> value(int code, int length) {
      return value(code).filter(octets -> octets.size() == length);
    }

    Optional<Dhcpv4Message.Type> type() {
      return value(TYPE, 1).flatMap(octets -> Dhcpv4Message.Type.of(octets.u8(0)));
    }

    Optional<InetAddress> address(int code) {
      return value(code, IpAddresses.IPV4_LENGTH).map(octets -> IpAddresses.ipv4(octets, 0));
    }

    OptionalLong seconds(int code) {
      return value(code, Integer.BYTES)
          .map(octets -> OptionalLong.of(octets.u32(0)))
          .orElse(OptionalLong.empty());
    }

    Optional<ClientId> clientId() {
      return value(CLIENT_ID).filter(octets -> octets.size() >= MIN_CLIENT_ID).map(ClientId::of);
    }
  }
}
