package io.arbalest.antispoof.learn;

import io.arbalest.linux.net.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A DHCP message, RFC 2131 section 2.
 *
 * @param fromServer whether {@code op} is BOOTREPLY
 * @param type option 53
 * @param xid the client's number for this exchange
 * @param client {@code chaddr}; empty unless it is an Ethernet address
 * @param addresses the fixed fields
 * @param clientId option 61
 * @param requested option 50
 * @param server option 54
 * @param mask option 1
 * @param times how long the address may be used
 * @param rapidCommit whether option 80 is there (RFC 4039)
 */
record Dhcpv4Message(
    boolean fromServer,
    Type type,
    int xid,
    Optional<MacAddress> client,
    Addresses addresses,
    Optional<ClientId> clientId,
    Optional<InetAddress> requested,
    Optional<InetAddress> server,
    Optional<InetAddress> mask,
    Times times,
    boolean rapidCommit) {

  /** Option 53, RFC 2132 section 9.6. */
  enum Type {
    DISCOVER(1),
    OFFER(2),
    REQUEST(3),
    DECLINE(4),
    ACK(5),
    NAK(6),
    RELEASE(7),
    INFORM(8);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    static Optional<Type> of(int number) {
      return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }
  }

  /**
   * The addresses of the fixed header; 0.0.0.0 means none.
   *
   * @param client {@code ciaddr}, which the client has
   * @param yours {@code yiaddr}, which it gets
   * @param next {@code siaddr}, the server of the next step
   * @param relay {@code giaddr}
   */
  record Addresses(InetAddress client, InetAddress yours, InetAddress next, InetAddress relay) {}

  /**
   * Times in seconds from the acknowledgement; {@link #FOREVER} is without end.
   *
   * @param lease option 51
   * @param renewal option 58
   * @param rebinding option 59
   */
  record Times(OptionalLong lease, OptionalLong renewal, OptionalLong rebinding) {
    static final long FOREVER = 0xffff_ffffL;

    /**
     * Whether the three go together: a client that follows them renews before its lease ends. If
     * not it takes its own (RFC 2131 section 4.4.5), and the lease's end is the same.
     */
    boolean isSane() {
      long end = lease.orElse(0);
      long second = rebinding.orElse(end);
      return renewal.orElse(second) <= second && second <= end;
    }
  }

  /**
   * Whether {@code yiaddr} is neither its network's own address nor its broadcast address, as far
   * as the mask tells; a network of two or one has neither.
   */
  boolean yoursIsHost() {
    int hosts = ~mask.map(Dhcpv4Message::bits).orElse(0xffff_ffff);
    int host = bits(addresses.yours()) & hosts;
    return hosts == 0 || hosts == 1 || (host != 0 && host != hosts);
  }

  private static int bits(InetAddress ipv4) {
    return ByteBuffer.wrap(ipv4.getAddress()).getInt();
  }

  /** The client's identifier, or its hardware address in the form of one. */
  Optional<ClientId> identity() {
    return clientId.or(() -> client.map(ClientId::of));
  }
}
