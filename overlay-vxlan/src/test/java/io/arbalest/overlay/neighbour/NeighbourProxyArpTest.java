package io.arbalest.overlay.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.ArpPacket.ArpHeader;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.namednumber.ArpOperation;

final class NeighbourProxyArpTest {
  private static final String WEB = "2:8:20:0:0:a";
  private static final String DB = "2:8:20:0:0:14";
  private static final String CACHE = "2:8:20:0:0:1e";

  private final FakeBook book =
      new FakeBook().local(WEB, "10.42.0.10").local(CACHE, "10.42.0.30").remote(DB, "10.42.0.20");
  private final byte[] reply = new byte[NeighbourProxy.REPLY_CAPACITY];

  private ProxyVerdict examine(byte[] frame) {
    return NeighbourProxy.examine(MemorySegment.ofArray(frame), book, MemorySegment.ofArray(reply));
  }

  @Test
  void shouldAnswerARequestInTheOwnersName() {
    ProxyVerdict verdict = examine(Frames.arpRequest(WEB, "10.42.0.10", "10.42.0.20"));

    assertThat(verdict).isEqualTo(ProxyVerdict.ARP_REPLY);
    assertThat(Arrays.copyOf(reply, verdict.replyLength()))
        .isEqualTo(
            HexFormat.of()
                .parseHex(
                    "02082000000a" // to the asker
                        + "020820000014" // from the owner
                        + "0806"
                        + "0001080006040002" // Ethernet, IPv4, 6, 4, reply
                        + "0208200000140a2a0014" // the owner has 10.42.0.20
                        + "02082000000a0a2a000a"));
  }

  @Test
  void shouldWriteARequestsAnswerThatAnotherDecoderReads() throws IllegalRawDataException {
    ProxyVerdict verdict = examine(Frames.arpRequest(WEB, "10.42.0.10", "10.42.0.20"));

    EthernetPacket frame = EthernetPacket.newPacket(reply, 0, verdict.replyLength());
    byte[] payload = frame.getPayload().getRawData();
    ArpHeader arp = org.pcap4j.packet.ArpPacket.newPacket(payload, 0, payload.length).getHeader();
    assertThat(frame.getHeader().getDstAddr().toString()).isEqualTo("02:08:20:00:00:0a");
    assertThat(arp.getOperation()).isEqualTo(ArpOperation.REPLY);
    assertThat(arp.getSrcHardwareAddr()).isEqualTo(frame.getHeader().getSrcAddr());
    assertThat(arp.getSrcHardwareAddr().toString()).isEqualTo("02:08:20:00:00:14");
    assertThat(arp.getSrcProtocolAddr().getHostAddress()).isEqualTo("10.42.0.20");
    assertThat(arp.getDstProtocolAddr().getHostAddress()).isEqualTo("10.42.0.10");
  }

  @Test
  void shouldReplicateARequestForAnUnknownAddress() {
    assertThat(examine(Frames.arpRequest(WEB, "10.42.0.10", "10.42.0.99")))
        .isEqualTo(ProxyVerdict.REPLICATE);
  }

  @Test
  void shouldLeaveARequestForALocalAddressToItsOwner() {
    assertThat(examine(Frames.arpRequest(WEB, "10.42.0.10", "10.42.0.30")))
        .isEqualTo(ProxyVerdict.LOCAL);
  }

  @Test
  void shouldReplicateAnAnnouncementOfTheSendersOwnAddress() {
    assertThat(examine(Frames.arpRequest(WEB, "10.42.0.10", "10.42.0.10")))
        .isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.arp(2, WEB, "10.42.0.10", "10.42.0.10")))
        .isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.arpRequest(WEB, "10.42.0.99", "10.42.0.99")))
        .isEqualTo(ProxyVerdict.REPLICATE);
  }

  @Test
  void shouldReplicateAProbeForAnAddressThatIsTheProbersOrNobodys() {
    assertThat(examine(Frames.arpRequest(WEB, "0.0.0.0", "10.42.0.10")))
        .isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.arpRequest(WEB, "0.0.0.0", "10.42.0.99")))
        .isEqualTo(ProxyVerdict.REPLICATE);
  }

  @Test
  void shouldAnswerAProbeForAnAddressThatAnotherMacHas() {
    assertThat(examine(Frames.arpRequest(WEB, "0.0.0.0", "10.42.0.20")))
        .isEqualTo(ProxyVerdict.ARP_REPLY);
    assertThat(Arrays.copyOfRange(reply, 22, 32))
        .isEqualTo(HexFormat.of().parseHex("0208200000140a2a0014"));
    assertThat(Arrays.copyOfRange(reply, 38, 42)).containsOnly(0);
  }

  @Test
  void shouldDefendAnAddressAgainstAFalseAnnouncement() {
    assertThat(examine(Frames.arpRequest(WEB, "10.42.0.20", "10.42.0.20")))
        .isEqualTo(ProxyVerdict.ARP_REPLY);
    assertThat(examine(Frames.arp(2, WEB, "10.42.0.20", "10.42.0.20")))
        .isEqualTo(ProxyVerdict.FALSE_CLAIM);
  }

  @Test
  void shouldRefuseAQuestionUnderAForeignSenderAddress() {
    assertThat(examine(Frames.arpRequest(WEB, "10.42.0.20", "10.42.0.99")))
        .isEqualTo(ProxyVerdict.FALSE_CLAIM);
    assertThat(examine(Frames.arpRequest(WEB, "10.42.0.30", "10.42.0.20")))
        .isEqualTo(ProxyVerdict.FALSE_CLAIM);
  }

  @Test
  void shouldRefuseArpThatIsNotWellFormed() {
    byte[] good = Frames.arpRequest(WEB, "10.42.0.10", "10.42.0.20");

    assertThat(examine(Frames.cut(good, 41))).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(Frames.changed(good, 15, 2))).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(Frames.changed(good, 16, 0x86))).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(Frames.changed(good, 18, 0))).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(Frames.changed(good, 19, 16))).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(Frames.changed(good, 27, 0x63))).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(new byte[13])).isEqualTo(ProxyVerdict.MALFORMED);
    assertThat(examine(new byte[0])).isEqualTo(ProxyVerdict.MALFORMED);
  }

  @Test
  void shouldAcceptPaddingBehindArp() {
    byte[] padded = Frames.cut(Frames.arpRequest(WEB, "10.42.0.10", "10.42.0.20"), 60);

    assertThat(examine(padded)).isEqualTo(ProxyVerdict.ARP_REPLY);
  }
}
