package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.DynamicMethod;
import java.util.Optional;

/**
 * What a VNIC's DHCPv6 clients get, RFC 8415.
 *
 * <p>A reply counts if its number and DUID are those of a question of this VNIC, and if it comes
 * from the server that the question names; one that rebinds, and a rapid SOLICIT, name none. Each
 * address has a lifetime of its own. What a reply does not mention stays as it was (section
 * 18.2.10.1), and so does a lease that a server knows nothing of: the client then asks anew.
 */
final class Dhcpv6Client {
  private final Holdings holdings;
  private final Transactions<Exchange, Question> asked = new Transactions<>();

  Dhcpv6Client(Holdings holdings) {
    this.holdings = holdings;
  }

  private record Exchange(int xid, ClientId client) {}

  /**
   * A question.
   *
   * @param server who alone may answer; empty if anybody may
   */
  private record Question(Dhcpv6Message.Type type, Optional<ClientId> server) {
    boolean mayBeAnsweredBy(Dhcpv6Message reply) {
      boolean rapid = type != Dhcpv6Message.Type.SOLICIT || reply.rapidCommit();
      return rapid && (server.isEmpty() || server.equals(reply.server()));
    }
  }

  /** A message that the zone sent. */
  void asks(Dhcpv6Message message, long now) {
    if (message.client().isEmpty()) {
      return;
    }
    Exchange exchange = new Exchange(message.xid(), message.client().get());
    asked.remove(exchange);
    boolean named = message.server().isPresent();
    boolean counts =
        switch (message.type()) {
          case SOLICIT -> message.rapidCommit();
          case REQUEST, RENEW -> named;
          case REBIND -> !named;
          case RELEASE, DECLINE -> giveUp(message);
          case ADVERTISE, CONFIRM, REPLY, RECONFIGURE, INFORMATION_REQUEST -> false;
        };
    if (counts) {
      asked.put(exchange, new Question(message.type(), message.server()), now);
    }
  }

  /** Whatever the server makes of it, the zone has said that it is done with the addresses. */
  private boolean giveUp(Dhcpv6Message message) {
    message.addresses().stream()
        .flatMap(address -> holdings.find(address).stream())
        .filter(binding -> binding.isBy(DynamicMethod.DHCPV6))
        .forEach(binding -> holdings.end(binding.address()));
    return false;
  }

  /** A message on its way to the zone. */
  void hears(Dhcpv6Message message, long now) {
    boolean reply =
        message.type() == Dhcpv6Message.Type.REPLY
            && message.client().isPresent()
            && message.server().isPresent();
    if (!reply) {
      return;
    }
    Exchange exchange = new Exchange(message.xid(), message.client().get());
    asked
        .find(exchange, now)
        .filter(question -> question.mayBeAnsweredBy(message))
        .ifPresent(
            question -> {
              asked.remove(exchange);
              answered(question, message, now);
            });
  }

  private void answered(Question question, Dhcpv6Message reply, long now) {
    if (!reply.status().isSuccess()) {
      return;
    }
    for (Dhcpv6Message.Association association : reply.associations()) {
      if (association.status().isSuccess()) {
        association.grants().forEach(grant -> take(question, reply, grant, now));
      }
    }
  }

  private void take(Question question, Dhcpv6Message reply, Dhcpv6Message.Grant grant, long now) {
    Binding lease =
        new Binding(
            holdings.port().vnic(),
            grant.address(),
            DynamicMethod.DHCPV6,
            reply.server().orElseThrow().hex(),
            reply.client().orElseThrow().hex(),
            Binding.until(now, grant.valid(), Dhcpv6Message.Grant.FOREVER));
    boolean usable =
        grant.status().isSuccess()
            && grant.isSane()
            && !grant.address().isLinkLocalAddress()
            && !isForeignCut(question, lease);
    if (!usable) {
      return;
    }
    if (grant.valid() == 0) {
      holdings
          .find(grant.address())
          .filter(held -> held.isBy(DynamicMethod.DHCPV6) && held.client().equals(lease.client()))
          .ifPresent(held -> holdings.end(held.address()));
    } else {
      holdings.grant(lease);
    }
  }

  /** Whether a server that is not the lease's, and was not asked by rebinding, would shorten it. */
  private boolean isForeignCut(Question question, Binding lease) {
    return question.type() == Dhcpv6Message.Type.RENEW
        && holdings
            .find(lease.address())
            .filter(held -> held.isBy(DynamicMethod.DHCPV6))
            .filter(held -> !held.server().equals(lease.server()) && lease.until() < held.until())
            .isPresent();
  }
}
