package io.arbalest.antispoof.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.FrameGenerator;
import io.arbalest.antispoof.Frames;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DissectionTest {
  private static final String LL = Frames.LINK_LOCAL;

  static Stream<Arguments> frames() {
    return Stream.of(
        Arguments.of(
            "ARP who-has 10.0.0.1 tell 10.0.0.99",
            Frames.own(Frames.ARP, Frames.arp(1, Frames.MAC, "10.0.0.99", "10.0.0.1"))),
        Arguments.of(
            "ARP probe for 10.0.0.1",
            Frames.own(Frames.ARP, Frames.arp(1, Frames.MAC, "0.0.0.0", "10.0.0.1"))),
        Arguments.of(
            "ARP announcement of 10.0.0.1",
            Frames.own(Frames.ARP, Frames.arp(1, Frames.MAC, "10.0.0.1", "10.0.0.1"))),
        Arguments.of(
            "ARP reply 10.0.0.5 is-at 2:8:20:11:22:33",
            Frames.own(Frames.ARP, Frames.arp(2, Frames.MAC, "10.0.0.5", "10.0.0.1"))),
        Arguments.of(
            "ARP operation 9 from 10.0.0.5",
            Frames.own(Frames.ARP, Frames.arp(9, Frames.MAC, "10.0.0.5", "10.0.0.1"))),
        Arguments.of(
            "ARP for other than Ethernet and IPv4",
            Frames.own(Frames.ARP, Frames.u16(6, 0x0800, 0x0604, 1))),
        Arguments.of("ARP (cut after 20 bytes)", Arrays.copyOf(arp(), 20)),
        Arguments.of(
            "IPv4 10.0.0.5 > 10.0.0.6 UDP 40000 > 53",
            Frames.own(
                Frames.IPV4, Frames.ipv4("10.0.0.5", "10.0.0.6", 17, Frames.udp(40000, 53)))),
        Arguments.of(
            "IPv4 10.0.0.5 > 10.0.0.6 TCP 1 > 2 [SYN]",
            Frames.own(Frames.IPV4, Frames.ipv4("10.0.0.5", "10.0.0.6", 6, Frames.tcp(1, 2)))),
        Arguments.of(
            "IPv4 0.0.0.0 > 255.255.255.255 UDP 68 > 67 DHCP discover",
            Frames.own(
                Frames.IPV4,
                Frames.ipv4(
                    "0.0.0.0",
                    "255.255.255.255",
                    17,
                    Frames.udp(68, 67, Frames.dhcp(1, Frames.MAC))))),
        Arguments.of(
            "IPv4 10.0.0.5 > 10.0.0.6 fragment at 8",
            Frames.own(
                Frames.IPV4,
                Frames.ipv4(new Frames.Ipv4(4, 5, 1, 17), "10.0.0.5", "10.0.0.6", new byte[8]))),
        Arguments.of(
            "IPv4 10.0.0.5 > 10.0.0.6 header of 16 bytes",
            Frames.own(
                Frames.IPV4, Frames.ipv4(new Frames.Ipv4(4, 4, 0, 17), "10.0.0.5", "10.0.0.6"))),
        Arguments.of(
            "IPv4 by EtherType, version 6",
            Frames.own(
                Frames.IPV4, Frames.ipv4(new Frames.Ipv4(6, 5, 0, 17), "10.0.0.5", "10.0.0.6"))),
        Arguments.of(
            "IPv6 " + LL + " > ff02::1 ICMPv6 neighbour advertisement of fd00::6",
            Frames.own(
                Frames.IPV6, Frames.ipv6(LL, "ff02::1", 58, Frames.advertisement("fd00::6")))),
        Arguments.of(
            "IPv6 :: > ff02::1:ff00:5 ICMPv6 neighbour solicitation for fd00::5",
            Frames.own(
                Frames.IPV6,
                Frames.ipv6("::", "ff02::1:ff00:5", 58, Frames.solicitation("fd00::5")))),
        Arguments.of(
            "IPv6 " + LL + " > ff02::2 ICMPv6 router solicitation",
            Frames.own(
                Frames.IPV6, Frames.ipv6(LL, "ff02::2", 58, Frames.icmp6(133, new byte[4])))),
        Arguments.of(
            "IPv6 " + LL + " > fd00::9 fragment at 8",
            Frames.own(Frames.IPV6, Frames.ipv6(LL, "fd00::9", 44, Frames.fragment(17, 8, false)))),
        Arguments.of(
            "IPv6 " + LL + " > fd00::9 UDP 547 > 546 DHCPv6 advertise",
            Frames.own(
                Frames.IPV6,
                Frames.ipv6(LL, "fd00::9", 17, Frames.udp(547, 546, Frames.bytes(2, 1, 2, 3))))),
        Arguments.of(
            "IPv6 " + LL + " > ff02::16 ICMPv6 multicast listener report",
            Frames.own(
                Frames.IPV6,
                Frames.ipv6(LL, "ff02::16", 0, Frames.routerAlert(58), Frames.icmp6(143)))),
        Arguments.of(
            "VLAN 5 IPv4 10.0.0.5 > 10.0.0.6 protocol 253",
            Frames.own(
                0x8100, Frames.u16(5, Frames.IPV4), Frames.ipv4("10.0.0.5", "10.0.0.6", 253))),
        Arguments.of("LLDP", Frames.own(0x88cc, new byte[10])),
        Arguments.of("EtherType 0x1234", Frames.own(0x1234)),
        Arguments.of("LLC", Frames.own(38, new byte[38])),
        Arguments.of("Ethernet (cut after 3 bytes)", new byte[3]),
        Arguments.of("Ethernet (cut after 0 bytes)", new byte[0]));
  }

  private static byte[] arp() {
    return Frames.own(Frames.ARP, Frames.arp(1, Frames.MAC, "10.0.0.99", "10.0.0.1"));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void shouldSayWhatAFrameIs(String summary, byte[] frame) {
    assertThat(Dissection.of(frame).summary()).isEqualTo(summary);
  }

  @Test
  void shouldTellTheFieldsThatRulesLookAt() {
    assertThat(Dissection.of(arp()).facts())
        .extracting(fact -> fact.name() + "=" + fact.value())
        .containsExactly(
            "ethernet destination=2:8:20:aa:bb:cc",
            "ethernet source=2:8:20:11:22:33",
            "ethertype=0x0806",
            "arp operation=1",
            "arp sender mac=2:8:20:11:22:33",
            "arp sender address=10.0.0.99",
            "arp target mac=0:0:0:0:0:0",
            "arp target address=10.0.0.1");
  }

  @Test
  void shouldNotMakeIpv4OfAMappedAddress() {
    byte[] packet = Frames.ipv6("::", "fd00::9", 59);
    System.arraycopy(Frames.bytes(255, 255, 10, 0, 0, 5), 0, packet, 18, 6);
    assertThat(Dissection.of(Frames.own(Frames.IPV6, packet)).summary())
        .isEqualTo("IPv6 ::ffff:10.0.0.5 > fd00::9 nothing");
  }

  @Test
  void shouldNeverThrow() {
    Random random = new Random(3);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      assertThat(Dissection.of(bytes).summary()).isNotEmpty().doesNotContain("\n");
    }
    FrameGenerator generator = new FrameGenerator(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] frame = generator.frame();
      byte[] cut = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
      assertThat(Dissection.of(cut).summary()).isNotEmpty();
    }
  }
}
