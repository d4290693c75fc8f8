package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a VNIC's DHCP clients get, RFC 2131.
 *
 * <p>Only the answer to a question of this VNIC counts: the same exchange, hardware address and
 * client identifier. What is learned is the address of the acknowledgement, not the one asked for,
 * and it is learned for as long as that says. Offers, and acknowledgements of DHCPINFORM, grant
 * nothing.
 *
 * <p>Who may answer follows from how the client asked. A client that has chosen an offer names its
 * server; one that renews writes to the server of its lease; no other may extend, shorten or refuse
 * that. One that asks everybody (after a restart, or rebinding) takes the first answer, as RFC 2131
 * sections 3.2 and 4.4.5 have it, and whoever gives it is the lease's server from then on.
 */
final class Dhcpv4Client {
  private static final InetAddress BROADCAST = IpLiteral.parse("255.255.255.255");
  private static final InetAddress NONE = IpLiteral.parse("0.0.0.0");

  private final Holdings holdings;
  private final Transactions<Exchange, Question> asked = new Transactions<>();

  Dhcpv4Client(Holdings holdings) {
    this.holdings = holdings;
  }

  private record Exchange(int xid, MacAddress client) {}

  /**
   * A question.
   *
   * @param identity whose lease it is about
   * @param sent the identifier that an answer may repeat (RFC 6842)
   * @param server who alone may answer; empty if anybody may
   * @param address what the client wants to have or keep
   * @param rapid whether it is a DHCPDISCOVER that may be answered at once (RFC 4039)
   */
  private record Question(
      ClientId identity,
      Optional<ClientId> sent,
      Optional<InetAddress> server,
      Optional<InetAddress> address,
      boolean rapid) {

    boolean mayBeAnsweredBy(InetAddress who) {
      return server.isEmpty() || server.get().equals(who);
    }
  }

  /** A message that the zone sent to a server, or to all. */
  void asks(Dhcpv4Message message, InetAddress destination, long now) {
    Optional<MacAddress> client = message.client().filter(holdings.port()::has);
    if (message.fromServer() || client.isEmpty() || !message.addresses().relay().equals(NONE)) {
      return;
    }
    Exchange exchange = new Exchange(message.xid(), client.get());
    switch (message.type()) {
      case DISCOVER -> discover(exchange, message, now);
      case REQUEST -> asked.put(exchange, request(message, destination), now);
      case INFORM -> asked.remove(exchange);
      // Whatever the server makes of these, the zone has said that it is done with the address.
      case RELEASE -> giveUp(message.addresses().client());
      case DECLINE -> message.requested().ifPresent(this::giveUp);
      case OFFER, ACK, NAK -> {}
    }
  }

  private void discover(Exchange exchange, Dhcpv4Message message, long now) {
    if (message.rapidCommit()) {
      asked.put(exchange, question(message, Optional.empty(), Optional.empty()), now);
    } else {
      asked.remove(exchange);
    }
  }

  private static Question question(
      Dhcpv4Message message, Optional<InetAddress> server, Optional<InetAddress> address) {
    return new Question(
        message.identity().orElseThrow(),
        message.clientId(),
        server,
        address,
        message.type() == Dhcpv4Message.Type.DISCOVER);
  }

  private Question request(Dhcpv4Message message, InetAddress destination) {
    Optional<InetAddress> address =
        message.requested().or(() -> given(message.addresses().client()));
    if (message.server().isPresent() || destination.equals(BROADCAST)) {
      return question(message, message.server(), address);
    }
    InetAddress server = address.flatMap(this::serverOf).orElse(destination);
    return question(message, Optional.of(server), address);
  }

  private static Optional<InetAddress> given(InetAddress address) {
    return Optional.of(address).filter(a -> !a.equals(NONE));
  }

  private Optional<InetAddress> serverOf(InetAddress address) {
    return lease(address).map(Binding::server).map(IpLiteral::parse);
  }

  private Optional<Binding> lease(InetAddress address) {
    return holdings.find(address).filter(binding -> binding.isBy(DynamicMethod.DHCPV4));
  }

  private void giveUp(InetAddress address) {
    lease(address).map(Binding::address).ifPresent(holdings::end);
  }

  /** A message on its way to the zone. */
  void hears(Dhcpv4Message message, long now) {
    if (!message.fromServer() || message.client().isEmpty() || message.server().isEmpty()) {
      return;
    }
    Exchange exchange = new Exchange(message.xid(), message.client().get());
    asked
        .find(exchange, now)
        .filter(question -> isAnswer(message, question))
        .ifPresent(
            question -> {
              if (message.type() == Dhcpv4Message.Type.ACK) {
                acknowledged(exchange, question, message, now);
              } else if (message.type() == Dhcpv4Message.Type.NAK) {
                refused(exchange, question);
              }
            });
  }

  private static boolean isAnswer(Dhcpv4Message message, Question question) {
    boolean same = message.clientId().isEmpty() || message.clientId().equals(question.sent());
    boolean expected = !question.rapid() || message.rapidCommit();
    return same && expected && question.mayBeAnsweredBy(message.server().orElseThrow());
  }

  private void acknowledged(Exchange exchange, Question question, Dhcpv4Message message, long now) {
    long seconds = message.times().lease().orElse(0);
    InetAddress address = message.addresses().yours();
    if (seconds == 0 || !message.yoursIsHost()) {
      return;
    }
    Binding lease =
        new Binding(
            holdings.port().vnic(),
            address,
            DynamicMethod.DHCPV4,
            IpLiteral.format(message.server().orElseThrow()),
            question.identity().hex(),
            Binding.until(now, seconds, Dhcpv4Message.Times.FOREVER));
    if (holdings.grant(lease)) {
      asked.remove(exchange);
      others(question.identity(), address).forEach(old -> holdings.end(old.address()));
    }
  }

  /** A client has one address; a new one takes the place of the old. */
  private List<Binding> others(ClientId identity, InetAddress address) {
    return holdings.by(DynamicMethod.DHCPV4).stream()
        .filter(binding -> binding.isFor(identity) && !binding.address().equals(address))
        .toList();
  }

  /** A refusal ends the lease that was asked about, if it is this client's. */
  private void refused(Exchange exchange, Question question) {
    asked.remove(exchange);
    question
        .address()
        .flatMap(this::lease)
        .filter(lease -> lease.isFor(question.identity()))
        .map(Binding::address)
        .ifPresent(holdings::end);
  }
}
