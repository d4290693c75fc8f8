package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.antispoof.NotedFrame;
import java.util.stream.LongStream;

/** What one VNIC has asked for and got. */
final class VnicLearner {
  private final LearningPort port;
  private final int ifindex;
  private final Holdings holdings;
  private final Dhcpv4Client dhcpv4;
  private final Dhcpv6Client dhcpv6;
  private final SlaacHost slaac;

  VnicLearner(LearningPort port, int ifindex, Ownership ownership, AddressGate gate) {
    this.port = port;
    this.ifindex = ifindex;
    this.holdings = new Holdings(port, ifindex, ownership, gate);
    this.dhcpv4 = new Dhcpv4Client(holdings);
    this.dhcpv6 = new Dhcpv6Client(holdings);
    this.slaac = new SlaacHost(holdings);
  }

  LearningPort port() {
    return port;
  }

  int ifindex() {
    return ifindex;
  }

  Holdings holdings() {
    return holdings;
  }

  Learned learned() {
    return new Learned(port.vnic(), ifindex, holdings.list(), slaac.prefixes());
  }

  void resume(Learned before) {
    if (port.methods().contains(DynamicMethod.SLAAC)) {
      slaac.resume(before.prefixes());
    }
    before.bindings().forEach(holdings::resume);
  }

  void hear(NotedFrame frame) {
    boolean fromZone = frame.direction() == Direction.FROM_ZONE;
    switch (frame.topic()) {
      case DHCPV4 -> dhcpv4(frame, fromZone);
      case DHCPV6 -> dhcpv6(frame, fromZone);
      case ND -> neighbour(frame, fromZone);
    }
  }

  private void dhcpv4(NotedFrame frame, boolean fromZone) {
    if (!port.methods().contains(DynamicMethod.DHCPV4)) {
      return;
    }
    int from = fromZone ? Dhcpv4Codec.CLIENT_PORT : Dhcpv4Codec.SERVER_PORT;
    int to = fromZone ? Dhcpv4Codec.SERVER_PORT : Dhcpv4Codec.CLIENT_PORT;
    FrameCodec.datagram(frame.bytes())
        .filter(datagram -> datagram.isBetween(from, to))
        .ifPresent(
            datagram ->
                Dhcpv4Codec.decode(datagram.payload())
                    .ifPresent(
                        message -> {
                          if (fromZone) {
                            dhcpv4.asks(message, datagram.destination(), frame.bootNanos());
                          } else {
                            dhcpv4.hears(message, frame.bootNanos());
                          }
                        }));
  }

  private void dhcpv6(NotedFrame frame, boolean fromZone) {
    if (!port.methods().contains(DynamicMethod.DHCPV6)) {
      return;
    }
    int to = fromZone ? Dhcpv6Codec.SERVER_PORT : Dhcpv6Codec.CLIENT_PORT;
    FrameCodec.datagram(frame.bytes())
        .filter(datagram -> datagram.destinationPort() == to)
        .flatMap(datagram -> Dhcpv6Codec.decode(datagram.payload()))
        .ifPresent(
            message -> {
              if (fromZone) {
                dhcpv6.asks(message, frame.bootNanos());
              } else {
                dhcpv6.hears(message, frame.bootNanos());
              }
            });
  }

  private void neighbour(NotedFrame frame, boolean fromZone) {
    if (!port.methods().contains(DynamicMethod.SLAAC)) {
      return;
    }
    if (fromZone) {
      NeighbourCodec.probe(frame.bytes()).ifPresent(slaac::probes);
    } else {
      NeighbourCodec.advertisement(frame.bytes())
          .ifPresent(advertisement -> slaac.hears(advertisement, frame.bootNanos()));
    }
  }

  void expire(long now) {
    slaac.expire(now);
    holdings.expire(now);
  }

  /** When the next thing ends. */
  long deadline() {
    return LongStream.concat(
            holdings.list().stream().mapToLong(Binding::until),
            slaac.prefixes().stream().mapToLong(LearnedPrefix::until))
        .min()
        .orElse(Binding.FOREVER);
  }
}
