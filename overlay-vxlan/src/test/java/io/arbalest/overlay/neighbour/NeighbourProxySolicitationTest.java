package io.arbalest.overlay.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6NeighborAdvertisementPacket;
import org.pcap4j.packet.IcmpV6NeighborAdvertisementPacket.IcmpV6NeighborAdvertisementHeader;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV6Packet;

final class NeighbourProxySolicitationTest {
  private static final String WEB = "2:8:20:0:0:a";
  private static final String DB = "2:8:20:0:0:14";
  private static final String CACHE = "2:8:20:0:0:1e";
  private static final int OPTION_LENGTH = 79;

  private final FakeBook book =
      new FakeBook()
          .local(WEB, "fd42::10", "fe80::8:20ff:fe00:a")
          .local(CACHE, "fd42::30")
          .remote(DB, "fd42::20", "fe80::8:20ff:fe00:14");
  private final byte[] reply = new byte[NeighbourProxy.REPLY_CAPACITY];

  private ProxyVerdict examine(byte[] frame) {
    return NeighbourProxy.examine(MemorySegment.ofArray(frame), book, MemorySegment.ofArray(reply));
  }

  private byte[] good() {
    return Frames.solicitation(WEB, "fd42::10", "fd42::20");
  }

  @Test
  void shouldAnswerASolicitationInTheOwnersName() {
    ProxyVerdict verdict = examine(good());

    assertThat(verdict).isEqualTo(ProxyVerdict.NEIGHBOUR_ADVERTISEMENT);
    assertThat(HexFormat.of().formatHex(reply, 0, verdict.replyLength()))
        .isEqualTo(
            "02082000000a" // to the asker
                + "020820000014" // from the owner
                + "86dd"
                + "6000000000203aff" // 32 octets of ICMPv6, hop limit 255
                + "fd420000000000000000000000000020"
                + "fd420000000000000000000000000010"
                + "8800fb6e" // advertisement and its checksum
                + "60000000" // solicited, override
                + "fd420000000000000000000000000020"
                + "0201020820000014"); // target link-layer address
  }

  @Test
  void shouldWriteAnAdvertisementThatAnotherDecoderReads() throws IllegalRawDataException {
    ProxyVerdict verdict = examine(good());

    IpV6Packet ip = IpV6Packet.newPacket(reply, 14, verdict.replyLength() - 14);
    byte[] payload = ip.getPayload().getRawData();
    IcmpV6CommonPacket icmp = IcmpV6CommonPacket.newPacket(payload, 0, payload.length);
    byte[] message = icmp.getPayload().getRawData();
    IcmpV6NeighborAdvertisementHeader header =
        IcmpV6NeighborAdvertisementPacket.newPacket(message, 0, message.length).getHeader();
    assertThat(ip.getHeader().getHopLimitAsInt()).isEqualTo(255);
    assertThat(
            icmp.hasValidChecksum(ip.getHeader().getSrcAddr(), ip.getHeader().getDstAddr(), false))
        .isTrue();
    assertThat(header.getRouterFlag()).isFalse();
    assertThat(header.getSolicitedFlag()).isTrue();
    assertThat(header.getOverrideFlag()).isTrue();
    assertThat(header.getTargetAddress()).isEqualTo(ip.getHeader().getSrcAddr());
    assertThat(header.getOptions()).hasSize(1);
  }

  @Test
  void shouldAnswerForALinkLocalAddress() {
    assertThat(examine(Frames.solicitation(WEB, "fe80::8:20ff:fe00:a", "fe80::8:20ff:fe00:14")))
        .isEqualTo(ProxyVerdict.NEIGHBOUR_ADVERTISEMENT);
  }

  @Test
  void shouldAnswerASolicitationThatHasNoOption() {
    assertThat(examine(Frames.solicitation(WEB, "fd42::10", "fd42::20", new byte[0])))
        .isEqualTo(ProxyVerdict.NEIGHBOUR_ADVERTISEMENT);
  }

  @Test
  void shouldReplicateASolicitationForAnUnknownAddress() {
    assertThat(examine(Frames.solicitation(WEB, "fd42::10", "fd42::99")))
        .isEqualTo(ProxyVerdict.REPLICATE);
  }

  @Test
  void shouldLeaveASolicitationForALocalAddressToItsOwner() {
    assertThat(examine(Frames.solicitation(WEB, "fd42::10", "fd42::30")))
        .isEqualTo(ProxyVerdict.LOCAL);
  }

  @Test
  void shouldReplicateAProbeForAnAddressThatIsTheProbersOrNobodys() {
    assertThat(examine(Frames.solicitation(WEB, "::", "fd42::10", new byte[0])))
        .isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.solicitation(WEB, "::", "fd42::99", new byte[0])))
        .isEqualTo(ProxyVerdict.REPLICATE);
  }

  @Test
  void shouldAnswerAProbeForAnAddressThatAnotherMacHas() {
    ProxyVerdict verdict = examine(Frames.solicitation(WEB, "::", "fd42::20", new byte[0]));

    assertThat(verdict).isEqualTo(ProxyVerdict.NEIGHBOUR_ADVERTISEMENT);
    assertThat(Arrays.copyOfRange(reply, 0, 6)).isEqualTo(Frames.mac(WEB));
    assertThat(Arrays.copyOfRange(reply, 38, 54)).isEqualTo(Frames.ip("ff02::1"));
    assertThat(reply[58]).isEqualTo((byte) 0x20);
    byte[] sent = Arrays.copyOf(reply, verdict.replyLength());
    assertThat(Frames.withIcmpChecksum(sent.clone())).isEqualTo(sent);
  }

  @Test
  void shouldRefuseAProbeThatBreaksTheRules() {
    byte[] option = Frames.macOption(1, WEB);
    byte[] elsewhere = Frames.solicitation(WEB, "::", "fd42::20", new byte[0]);
    elsewhere[53] = 0x21;

    assertThat(examine(Frames.solicitation(WEB, "::", "fd42::20", option)))
        .isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(Frames.withIcmpChecksum(elsewhere))).isEqualTo(ProxyVerdict.MALFORMED);
  }

  @Test
  void shouldRefuseASolicitationUnderAForeignSourceAddress() {
    assertThat(examine(Frames.solicitation(WEB, "fd42::30", "fd42::20")))
        .isEqualTo(ProxyVerdict.FALSE_CLAIM);
  }

  @Test
  void shouldRefuseAnAdvertisementOfAForeignAddress() {
    assertThat(examine(Frames.advertisement(WEB, "fd42::20"))).isEqualTo(ProxyVerdict.FALSE_CLAIM);
    assertThat(examine(Frames.advertisement(WEB, "fd42::10"))).isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.advertisement(WEB, "fd42::99"))).isEqualTo(ProxyVerdict.REPLICATE);
  }

  @Test
  void shouldRefuseAnOptionOfLengthZero() {
    byte[] hostile = Frames.withIcmpChecksum(Frames.changed(good(), OPTION_LENGTH, 0));

    assertThat(examine(hostile)).isEqualTo(ProxyVerdict.MALFORMED);
  }

  @Test
  void shouldRefuseAnOptionThatReachesBeyondTheMessage() {
    byte[] hostile = Frames.withIcmpChecksum(Frames.changed(good(), OPTION_LENGTH, 2));
    byte[] halfAnOption = Frames.solicitation(WEB, "fd42::10", "fd42::20", new byte[] {1});

    assertThat(examine(hostile)).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(halfAnOption)).isEqualTo(ProxyVerdict.MALFORMED);
  }

  @Test
  void shouldRefuseTheWrongHopLimitCodeOrChecksum() {
    byte[] badCode = Frames.withIcmpChecksum(Frames.changed(good(), 55, 1));

    assertThat(examine(Frames.changed(good(), 21, 64))).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(badCode)).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(Frames.changed(good(), 57, good()[57] ^ 1)))
        .isEqualTo(ProxyVerdict.MALFORMED);
  }

  @Test
  void shouldRefuseATargetThatIsNoStation() {
    for (String target : new String[] {"ff02::1", "::", "::1"}) {
      assertThat(examine(Frames.solicitation(WEB, "fd42::10", target)))
          .as(target)
          .isEqualTo(ProxyVerdict.MALFORMED);
    }
    byte[] mapped = good();
    System.arraycopy(HexFormat.of().parseHex("00000000000000000000ffff"), 0, mapped, 62, 12);
    assertThat(examine(Frames.withIcmpChecksum(mapped))).isEqualTo(ProxyVerdict.MALFORMED);
  }

  @Test
  void shouldRefuseLengthsThatLie() {
    assertThat(examine(Frames.cut(good(), 80))).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(Frames.changed(good(), 19, 20))).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(Frames.changed(good(), 18, 0xff))).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(Frames.changed(good(), 14, 0x40))).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(Frames.cut(good(), 53))).isEqualTo(ProxyVerdict.MALFORMED);
  }

  @Test
  void shouldReplicateOtherGroupTraffic() {
    byte[] echo = Frames.withIcmpChecksum(Frames.changed(good(), 54, 128));
    byte[] udp = Frames.changed(good(), 20, 17);
    byte[] empty = Frames.changed(Frames.cut(good(), 54), 19, 0);

    assertThat(examine(echo)).isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(udp)).isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(empty)).isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.changed(good(), 12, 0x88))).isEqualTo(ProxyVerdict.REPLICATE);
  }
}
