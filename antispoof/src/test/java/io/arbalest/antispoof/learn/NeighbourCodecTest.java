package io.arbalest.antispoof.learn;

import static io.arbalest.antispoof.Frames.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Frames;
import io.arbalest.antispoof.learn.RouterAdvertisement.PrefixInformation;
import io.arbalest.linux.net.IpLiteral;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6RouterAdvertisementPacket;
import org.pcap4j.packet.IpV6NeighborDiscoveryPrefixInformationOption;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.IpV6SimpleFlowLabel;
import org.pcap4j.packet.IpV6SimpleTrafficClass;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.packet.namednumber.IcmpV6Code;
import org.pcap4j.packet.namednumber.IcmpV6Type;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.IpVersion;
import org.pcap4j.util.MacAddress;

class NeighbourCodecTest {
  private static Inet6Address v6(String literal) {
    return (Inet6Address) IpLiteral.parse(literal);
  }

  /** What another implementation writes. */
  private static byte[] written() {
    IcmpV6RouterAdvertisementPacket.Builder advertisement =
        new IcmpV6RouterAdvertisementPacket.Builder()
            .curHopLimit((byte) 64)
            .routerLifetime((short) 1800)
            .options(
                List.of(
                    new IpV6NeighborDiscoveryPrefixInformationOption.Builder()
                        .prefixLength((byte) 64)
                        .onLinkFlag(true)
                        .addressConfigurationFlag(true)
                        .validLifetime(86_400)
                        .preferredLifetime(14_400)
                        .prefix(v6("2001:db8:1:2::"))
                        .correctLengthAtBuild(true)
                        .build()));
    IcmpV6CommonPacket.Builder icmp =
        new IcmpV6CommonPacket.Builder()
            .type(IcmpV6Type.ROUTER_ADVERTISEMENT)
            .code(IcmpV6Code.NO_CODE)
            .payloadBuilder(advertisement)
            .srcAddr(v6("fe80::1"))
            .dstAddr(v6("ff02::1"))
            .correctChecksumAtBuild(true);
    IpV6Packet.Builder ip =
        new IpV6Packet.Builder()
            .version(IpVersion.IPV6)
            .trafficClass(IpV6SimpleTrafficClass.newInstance((byte) 0))
            .flowLabel(IpV6SimpleFlowLabel.newInstance(0))
            .nextHeader(IpNumber.ICMPV6)
            .hopLimit((byte) 255)
            .srcAddr(v6("fe80::1"))
            .dstAddr(v6("ff02::1"))
            .payloadBuilder(icmp)
            .correctLengthAtBuild(true);
    return new EthernetPacket.Builder()
        .srcAddr(MacAddress.getByName("02:08:20:aa:bb:cc"))
        .dstAddr(MacAddress.getByName("33:33:00:00:00:01"))
        .type(EtherType.IPV6)
        .payloadBuilder(ip)
        .paddingAtBuild(true)
        .build()
        .getRawData();
  }

  @Test
  void readsWhatPcap4jWrites() {
    RouterAdvertisement read = NeighbourCodec.advertisement(written()).orElseThrow();
    assertThat(read.router()).isEqualTo(v6("fe80::1"));
    assertThat(read.prefixes())
        .containsExactly(
            new PrefixInformation(v6("2001:db8:1:2::"), 64, true, true, 86_400, 14_400));
    assertThat(read.prefixes().getFirst().makesAddresses()).isTrue();
  }

  @Test
  void believesARouterOnlyOnItsLink() {
    byte[] prefix = Neighbours.prefix("fd00::", 100);
    assertThat(NeighbourCodec.advertisement(Neighbours.advertisement(prefix))).isPresent();
    assertThat(NeighbourCodec.advertisement(Neighbours.advertisement(254, 0, "fe80::1", prefix)))
        .isEmpty();
    assertThat(NeighbourCodec.advertisement(Neighbours.advertisement(255, 1, "fe80::1", prefix)))
        .isEmpty();
    assertThat(NeighbourCodec.advertisement(Neighbours.advertisement(255, 0, "fd00::1", prefix)))
        .isEmpty();
    assertThat(NeighbourCodec.advertisement(Neighbours.advertisement(bytes(1, 0))))
        .as("an option of no length")
        .isEmpty();
    assertThat(
            NeighbourCodec.advertisement(Neighbours.advertisement(bytes(1, 2, 0, 0, 0, 0, 0, 0))))
        .as("an option that is longer than the message")
        .isEmpty();
  }

  @Test
  void isNotBehindAnExtensionHeader() {
    byte[] icmp = Frames.icmp6(134, new byte[12], Neighbours.prefix("fd00::", 100));
    byte[] direct = Frames.own(Frames.IPV6, Frames.ipv6("fe80::1", "ff02::1", Frames.ICMP6, icmp));
    byte[] behind =
        Frames.own(
            Frames.IPV6, Frames.ipv6("fe80::1", "ff02::1", 60, Frames.options(Frames.ICMP6), icmp));
    assertThat(NeighbourCodec.advertisement(direct)).isPresent();
    assertThat(NeighbourCodec.advertisement(behind)).isEmpty();
  }

  @Test
  void knowsWhichPrefixesMakeAddresses() {
    assertThat(makes("fd00::", 64, 0x40, 100, 100)).isTrue();
    assertThat(makes("fd00::", 64, 0x80, 100, 100)).as("not autonomous").isFalse();
    assertThat(makes("fd00::", 63, 0xc0, 100, 100)).isFalse();
    assertThat(makes("fd00::", 130, 0xc0, 100, 100)).isFalse();
    assertThat(makes("fd00::", 64, 0xc0, 100, 101)).as("preferred longer").isFalse();
    assertThat(makes("fe80::", 64, 0xc0, 100, 100)).isFalse();
    assertThat(makes("ff05::", 64, 0xc0, 100, 100)).isFalse();
    assertThat(makes("::", 64, 0xc0, 100, 100)).isFalse();
  }

  private static boolean makes(String prefix, int length, int flags, long valid, long preferred) {
    byte[] option = Neighbours.prefix(prefix, length, flags, valid, preferred);
    return NeighbourCodec.advertisement(Neighbours.advertisement(option))
        .orElseThrow()
        .prefixes()
        .getFirst()
        .makesAddresses();
  }

  @Test
  void readsAProbe() {
    assertThat(NeighbourCodec.probe(Neighbours.probe("fd00::7"))).contains(v6("fd00::7"));
    byte[] nonce = bytes(14, 1, 1, 2, 3, 4, 5, 6);
    assertThat(NeighbourCodec.probe(Neighbours.probe("fd00::7", nonce))).contains(v6("fd00::7"));
    assertThat(NeighbourCodec.probe(Neighbours.probe("fd00::7", Frames.slla(Frames.MAC))))
        .isEmpty();
    byte[] asked =
        Frames.own(
            Frames.IPV6,
            Frames.ipv6(
                Frames.LINK_LOCAL, "ff02::1:ff00:7", Frames.ICMP6, Frames.solicitation("fd00::7")));
    assertThat(NeighbourCodec.probe(asked)).as("somebody looks for a neighbour").isEmpty();
    assertThat(NeighbourCodec.probe(written())).isEqualTo(Optional.empty());
  }
}
