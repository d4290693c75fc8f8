package io.arbalest.antispoof.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.antispoof.Frames;
import io.arbalest.antispoof.PortPolicy;
import io.arbalest.antispoof.Protection;
import io.arbalest.antispoof.Rehearsal;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.linux.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final PortPolicy POLICY = PortPolicy.of(Frames.MAC, IpPrefix.parse("10.0.0.5/32"));

  private static Explanation from(byte[] frame) {
    return Explanation.of(Direction.FROM_ZONE, frame, POLICY);
  }

  private static byte[] arp(String sender) {
    return Frames.own(Frames.ARP, Frames.arp(1, Frames.MAC, sender, "10.0.0.1"));
  }

  @Test
  void shouldSayWhyAndWhatItIsAbout() {
    Explanation explanation = from(arp("10.0.0.99"));
    assertThat(explanation.reason()).contains(DropReason.ARP_SENDER_IP);
    assertThat(explanation.subject()).contains("10.0.0.99");
    assertThat(explanation.remedy().orElseThrow().properties()).startsWith("allowed-ips");
    assertThat(explanation.unknown()).isEmpty();
    assertThat(explanation.agrees(new Rehearsal(Optional.of(DropReason.ARP_SENDER_IP)))).isTrue();
    assertThat(explanation.agrees(new Rehearsal(Optional.of(DropReason.ARP_FORMAT)))).isFalse();
    assertThat(explanation.agrees(new Rehearsal(Optional.empty()))).isFalse();
  }

  @Test
  void shouldSayWhatItCannotKnow() {
    assertThat(from(arp("10.0.0.5")).reason()).isEmpty();
    assertThat(from(arp("10.0.0.5")).subject()).isEmpty();
    assertThat(from(arp("10.0.0.5")).unknown()).singleElement().asString().contains("destination");
    byte[] group = arp("10.0.0.5");
    group[0] = (byte) 0xff;
    assertThat(from(group).unknown()).singleElement().asString().contains("copies of a flood");
    PortPolicy dynamic =
        new PortPolicy(
            Frames.MAC, Protection.DEFAULT, List.of(), Set.of(DynamicMethod.DHCPV4), Set.of());
    assertThat(Explanation.of(Direction.FROM_ZONE, arp("10.0.0.9"), dynamic).unknown())
        .singleElement()
        .asString()
        .contains("by a dynamic method");
    assertThat(Explanation.of(Direction.TO_ZONE, group, POLICY).unknown())
        .singleElement()
        .asString()
        .contains("would reach the port");
  }

  /** A trial of the program sees a tag that the kernel takes off on the wire. */
  @Test
  void shouldTellApartWhatATrialSees() {
    byte[] tagged =
        Frames.own(
            0x8100,
            Frames.u16(5, Frames.IPV4),
            Frames.ipv4("10.0.0.5", "10.0.0.6", 17, Frames.udp(1, 2)));
    Explanation explanation = from(tagged);
    assertThat(explanation.reason()).contains(DropReason.VLAN_TAG);
    assertThat(explanation.verdict().rule()).isNotEqualTo(explanation.unstripped().rule());
    assertThat(explanation.agrees(new Rehearsal(Optional.of(DropReason.VLAN_TAG)))).isTrue();
  }

  @Test
  void shouldFindTheSubjectOfEachKind() {
    byte[] foreign = arp("10.0.0.5");
    foreign[6 + 5] = 9;
    assertThat(from(foreign).subject()).contains("2:8:20:11:22:9");
    byte[] packet =
        Frames.own(Frames.IPV4, Frames.ipv4("10.0.0.77", "10.0.0.1", 17, Frames.udp(1, 2)));
    assertThat(from(packet).subject()).contains("10.0.0.77");
  }
}
