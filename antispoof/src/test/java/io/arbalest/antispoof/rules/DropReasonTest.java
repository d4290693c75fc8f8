package io.arbalest.antispoof.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DropReasonTest {
  private static final List<DropReason> ALL = List.of(DropReason.values());

  @Test
  void shouldNumberReasonsFromZeroWithoutGap() {
    assertThat(ALL)
        .extracting(DropReason::number)
        .containsExactlyElementsOf(IntStream.range(0, ALL.size()).boxed().toList());
  }

  @Test
  void shouldLabelEachReasonOnceInKebabCase() {
    assertThat(ALL)
        .extracting(DropReason::label)
        .doesNotHaveDuplicates()
        .allMatch(label -> label.matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }

  /** Numbers and labels that scripts and pinned maps rely on; a change here breaks them. */
  @Test
  void shouldKeepNumbersAndLabels() {
    assertThat(Stream.of(0, 4, 12, 20, 29, 37, 42, 44, 55, 61).map(ALL::get).map(DropReason::label))
        .containsExactly(
            "no-policy",
            "source-mac",
            "arp-sender-ip",
            "ipv4-source",
            "ipv6-source",
            "nd-target",
            "nd-link-address",
            "vtep",
            "dhcpv4-overload",
            "rx-hidden");
  }

  /** So many counters has an entry of the drops map. */
  @Test
  void shouldLeaveRoomInTheCounters() {
    assertThat(ALL).hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void shouldTellTheDirectionByTheLabel() {
    assertThat(ALL.stream().filter(DropReason::atReceiver).map(DropReason::label))
        .containsExactly(
            "rx-no-policy",
            "rx-truncated",
            "rx-destination",
            "rx-router",
            "rx-dhcp-server",
            "rx-hidden");
  }

  @Test
  void shouldGiveEachFlagBitOfItsOwn() {
    assertThat(PolicyFlag.values())
        .extracting(PolicyFlag::mask)
        .doesNotHaveDuplicates()
        .allMatch(mask -> mask > 0 && Integer.bitCount(mask) == 1);
  }

  @Test
  void shouldNameCountersAsIllumos() {
    assertThat(DropReason.SOURCE_MAC.group().label()).isEqualTo("macspoofed");
    assertThat(DropReason.ETHERTYPE.group().label()).isEqualTo("restricted");
    assertThat(DropReason.ARP_SENDER_IP.group().label()).isEqualTo("ipspoofed");
    assertThat(DropReason.DHCPV4_SERVER.group().label()).isEqualTo("dhcpspoofed");
  }
}
