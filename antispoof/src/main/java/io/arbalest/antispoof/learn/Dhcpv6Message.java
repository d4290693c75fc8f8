package io.arbalest.antispoof.learn;

import java.net.Inet6Address;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A DHCPv6 message between a client and a server, RFC 8415 sections 8 and 21.
 *
 * @param type what it is
 * @param xid the client's number for this exchange, 24 bits
 * @param client the client's DUID
 * @param server the server's DUID
 * @param rapidCommit whether option 14 is there
 * @param status of the whole message
 * @param associations the addresses that are asked for, granted or given back
 */
record Dhcpv6Message(
    Type type,
    int xid,
    Optional<ClientId> client,
    Optional<ClientId> server,
    boolean rapidCommit,
    Status status,
    List<Association> associations) {

  Dhcpv6Message {
    associations = List.copyOf(associations);
  }

  /** Message types, RFC 8415 section 7.3, those of relays left out. */
  enum Type {
    SOLICIT(1),
    ADVERTISE(2),
    REQUEST(3),
    CONFIRM(4),
    RENEW(5),
    REBIND(6),
    REPLY(7),
    RELEASE(8),
    DECLINE(9),
    RECONFIGURE(10),
    INFORMATION_REQUEST(11);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    static Optional<Type> of(int number) {
      return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }
  }

  /**
   * A status code, RFC 8415 section 21.13; 0, and none at all, is success.
   *
   * @param code 16 bits
   */
  record Status(int code) {
    static final Status SUCCESS = new Status(0);

    boolean isSuccess() {
      return code == 0;
    }
  }

  /**
   * An identity association, IA_NA or IA_TA (sections 21.4 and 21.5).
   *
   * @param temporary whether it is an IA_TA
   * @param id the client's number for it
   */
  record Association(boolean temporary, long id, Status status, List<Grant> grants) {
    Association {
      grants = List.copyOf(grants);
    }
  }

  /**
   * An address of an association, section 21.6.
   *
   * @param preferred lifetime in seconds; {@link #FOREVER} is without end
   * @param valid lifetime in seconds; 0 takes the address away
   */
  record Grant(Inet6Address address, long preferred, long valid, Status status) {
    static final long FOREVER = 0xffff_ffffL;

    /** RFC 8415 section 21.6: a client discards an address that outlives itself. */
    boolean isSane() {
      return preferred <= valid;
    }
  }

  /** The addresses of all associations. */
  List<Inet6Address> addresses() {
    return associations.stream().flatMap(a -> a.grants().stream()).map(Grant::address).toList();
  }
}
