package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.MacAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SwitchLayoutTest {
  private static final MacAddress MAC = MacAddress.parse("2:8:20:1:2:3");
  private static final LinkName STUB = new LinkName("stub0");

  @Test
  void shouldKeepWhatItWrites() {
    ForwardKey key = new ForwardKey(7, 4094, MAC);
    assertThat(ForwardKey.decode(key.encode())).isEqualTo(key);
    for (Delivery delivery : Delivery.values()) {
      ForwardEntry entry = ForwardEntry.of(12, delivery);
      assertThat(ForwardEntry.decode(entry.encode())).isEqualTo(entry);
      ForwardEntry shared = new ForwardEntry(12, delivery, true);
      assertThat(ForwardEntry.decode(shared.encode())).isEqualTo(shared);
    }
    PortRecord port = PortRecord.vnic(7, MAC).with(SwitchLayout.PORT_WATCHES, true);
    assertThat(PortRecord.decode(port.encode())).isEqualTo(port);
    SwitchRecord record = new SwitchRecord(STUB, 9000, 3, true, List.of(4, 5, 6));
    assertThat(SwitchRecord.decode(record.encode())).isEqualTo(record);
  }

  @Test
  void shouldPutTheAddressInWireOrder() {
    assertThat(HexFormat.of().formatHex(new ForwardKey(0x01020304, 0x0506, MAC).encode()))
        .isEqualTo("04030201" + "0605" + "020820010203");
    assertThat(HexFormat.of().formatHex(PortRecord.uplink(1).encode()))
        .isEqualTo("01000000" + "0000" + "000000000000" + "0200" + "0000");
  }

  @Test
  void shouldChangeMembersOneByOne() {
    SwitchRecord one = SwitchRecord.empty(STUB, 9000).with(4).with(5).with(4);
    assertThat(one.members()).containsExactly(4, 5);
    assertThat(one.without(List.of(4, 9)).members()).containsExactly(5);
    assertThat(one.withUplink(8).uplink()).isEqualTo(8);
  }

  @Test
  void shouldRefuseMoreMembersThanTheProgramWalks() {
    List<Integer> full = IntStream.rangeClosed(1, SwitchProgram.MAX_MEMBERS).boxed().toList();
    SwitchRecord record = new SwitchRecord(STUB, 9000, 0, false, full);
    assertThat(SwitchRecord.decode(record.encode())).isEqualTo(record);
    assertThatThrownBy(() -> record.with(5000))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("stub0 has 1024 VNICs");
  }

  @Test
  void shouldSumTheCountersOfAllCpus() {
    byte[] first = counters(1, 60, SwitchDrop.TO_SELF, 2);
    byte[] second = counters(10, 600, SwitchDrop.COPY_FAILED, 3);
    PortCounters sum = PortCounters.decode(List.of(first, second));
    assertThat(sum.outPackets()).isEqualTo(11);
    assertThat(sum.outBytes()).isEqualTo(660);
    assertThat(sum.inPackets()).isZero();
    assertThat(sum.dropped(false)).isEqualTo(2);
    assertThat(sum.dropped(true)).isEqualTo(3);
    assertThat(sum.drops()).containsKeys(SwitchDrop.values());
    assertThat(PortCounters.ZERO.outPackets()).isZero();
  }

  private static byte[] counters(long packets, long bytes, SwitchDrop reason, long drops) {
    byte[] value = new byte[SwitchLayout.COUNTERS_SIZE];
    SwitchLayout.wrap(value)
        .putLong(SwitchLayout.COUNTER_OUT_PACKETS, packets)
        .putLong(SwitchLayout.COUNTER_OUT_BYTES, bytes)
        .putLong(SwitchLayout.dropOffset(reason), drops);
    return value;
  }
}
