package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.TestInput;
import io.arbalest.linux.bpf.TestRun;
import io.arbalest.linux.bpf.asm.TcAction;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.testing.Privileged;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program alone: verdicts and counters by BPF_PROG_TEST_RUN, frames coming in on lo. */
@Privileged
class SwitchProgramKernelTest {
  private static final int LO = 1;
  private static final int OTHER = 1_000_000;
  private static final MacAddress HERE = MacAddress.parse("2:8:20:0:0:1");
  private static final MacAddress THERE = MacAddress.parse("2:8:20:0:0:2");
  private static final MacAddress NOBODY = MacAddress.parse("2:8:20:0:0:3");
  private static final LinkName STUB = new LinkName("stub0");

  @TempDir private Path directory;
  private Bpffs pins;
  private SwitchMaps maps;
  private SwitchTable table;
  private BpfProgram program;

  @BeforeEach
  void load() {
    pins = Bpffs.mount(directory.resolve("bpf"));
    maps = SwitchMaps.open(pins);
    table = new SwitchTable(maps);
    program = maps.load(0);
  }

  @AfterEach
  void unload() {
    program.close();
    maps.close();
    pins.unmount();
  }

  private TestRun frameTo(MacAddress destination) {
    return program.testRun(TestInput.of(frame(destination)).ifindex(LO));
  }

  private static byte[] frame(MacAddress destination) {
    return ByteBuffer.allocate(60)
        .put(destination.toBytes())
        .put(HERE.toBytes())
        .putShort((short) 0x0800)
        .array();
  }

  private void joinBoth() {
    int id = table.create(STUB, 9000);
    table.connect(LO, PortRecord.vnic(id, HERE));
    table.connect(OTHER, PortRecord.vnic(id, THERE));
    table.announce(LO, wiring(id, HERE, Delivery.BY_PORT));
    table.announce(OTHER, wiring(id, THERE, Delivery.DIRECT));
  }

  private static Wiring wiring(int id, MacAddress mac, Delivery delivery) {
    return new Wiring(id, new PortMacs(mac, Set.of(), Set.of()), delivery, false);
  }

  private void assertOnlyDrop(SwitchDrop reason) {
    PortCounters counters = table.counters(LO);
    assertThat(counters.drops().entrySet())
        .allMatch(drop -> drop.getValue() == (drop.getKey() == reason ? 1 : 0));
    assertThat(counters.outPackets()).isZero();
  }

  @Test
  void shouldRedirectUnicastToThePortThatHasTheAddress() {
    joinBoth();
    assertThat(frameTo(THERE).verdict()).isEqualTo(TcAction.REDIRECT);
    assertThat(table.counters(LO).outPackets()).isEqualTo(1);
    assertThat(table.counters(LO).outBytes()).isEqualTo(60);
    assertThat(table.counters(OTHER).inPackets()).isEqualTo(1);
    assertThat(table.counters(OTHER).inBytes()).isEqualTo(60);
    assertThat(table.counters(LO).dropped(false)).isZero();
  }

  @Test
  void shouldDropUnknownUnicastWithoutUplink() {
    joinBoth();
    assertThat(frameTo(NOBODY).verdict()).isEqualTo(TcAction.SHOT);
    assertOnlyDrop(SwitchDrop.UNKNOWN_UNICAST);
    assertThat(table.counters(OTHER)).isEqualTo(PortCounters.ZERO);
  }

  @Test
  void shouldSendUnknownUnicastToTheUplinkAndNeverBackThere() {
    int id = table.create(STUB, 9000);
    table.connect(LO, PortRecord.vnic(id, HERE));
    table.connect(OTHER, PortRecord.uplink(id));
    table.setUplink(id, OTHER);
    assertThat(frameTo(NOBODY).verdict()).isEqualTo(TcAction.REDIRECT);
    assertThat(table.counters(OTHER).inPackets()).isEqualTo(1);
    assertThat(table.counters(LO).outPackets()).isEqualTo(1);

    table.connect(LO, PortRecord.uplink(id));
    table.setUplink(id, LO);
    assertThat(frameTo(NOBODY).verdict()).isEqualTo(TcAction.SHOT);
    assertOnlyDrop(SwitchDrop.UNKNOWN_UNICAST);
  }

  @Test
  void shouldDropAFrameToTheSenderItself() {
    joinBoth();
    assertThat(frameTo(HERE).verdict()).isEqualTo(TcAction.SHOT);
    assertOnlyDrop(SwitchDrop.TO_SELF);
  }

  @Test
  void shouldDropEverythingFromAnInterfaceThatIsNoPort() {
    assertThat(frameTo(THERE).verdict()).isEqualTo(TcAction.SHOT);
    assertThat(frameTo(MacAddress.BROADCAST).verdict()).isEqualTo(TcAction.SHOT);
    assertThat(maps.counters().keys()).isEmpty();
  }

  @Test
  void shouldCountAtAPortThatHasBeenWithdrawn() {
    joinBoth();
    table.withdraw(List.of(LO));
    assertThat(frameTo(THERE).verdict()).isEqualTo(TcAction.SHOT);
    assertOnlyDrop(SwitchDrop.NO_PORT);
    assertThat(table.owner(1, HERE)).isEmpty();
    assertThat(table.find(1).orElseThrow().members()).containsExactly(OTHER);
  }

  @Test
  void shouldDropOnASwitchThatIsGone() {
    table.connect(LO, PortRecord.vnic(7, HERE));
    assertThat(frameTo(MacAddress.BROADCAST).verdict()).isEqualTo(TcAction.SHOT);
    assertOnlyDrop(SwitchDrop.NO_SWITCH);
  }

  @Test
  void shouldKeepSwitchesApart() {
    joinBoth();
    int second = table.create(new LinkName("stub1"), 1500);
    table.connect(LO, PortRecord.vnic(second, HERE));
    assertThat(frameTo(THERE).verdict()).isEqualTo(TcAction.SHOT);
    assertOnlyDrop(SwitchDrop.UNKNOWN_UNICAST);
  }

  @Test
  void shouldConsumeAGroupFrameAndCountACopyThatFails() {
    joinBoth();
    assertThat(frameTo(MacAddress.BROADCAST).verdict()).isEqualTo(TcAction.STOLEN);
    assertThat(table.counters(LO).outPackets()).isEqualTo(1);
    PortCounters absent = table.counters(OTHER);
    assertThat(absent.inPackets()).isZero();
    assertThat(absent.drops()).containsEntry(SwitchDrop.COPY_FAILED, 1L);
    assertThat(absent.dropped(true)).isEqualTo(1);
  }

  @Test
  void shouldSkipAMemberThatIsInAnotherSwitchByNow() {
    joinBoth();
    table.connect(OTHER, PortRecord.vnic(99, THERE));
    assertThat(frameTo(MacAddress.BROADCAST).verdict()).isEqualTo(TcAction.STOLEN);
    assertThat(table.counters(OTHER)).isEqualTo(PortCounters.ZERO);
  }

  @Test
  void shouldRefuseASecondOwnerOfAnAddress() {
    joinBoth();
    table.connect(OTHER + 1, PortRecord.vnic(1, THERE));
    Wiring second = wiring(1, THERE, Delivery.DIRECT);
    assertThatThrownBy(() -> table.announce(OTHER + 1, second))
        .isInstanceOf(LinkException.class)
        .hasMessage("MAC address is already in use: 2:8:20:0:0:2 over stub0");
    table.withdraw(List.of(OTHER + 1));
    assertThat(table.owner(1, THERE)).contains(ForwardEntry.of(OTHER, Delivery.DIRECT));
  }

  @Test
  void shouldFindTablesAsTheyWereLeft() {
    joinBoth();
    maps.close();
    maps = SwitchMaps.open(pins);
    table = new SwitchTable(maps);
    assertThat(table.switches())
        .isEqualTo(Map.of(1, new SwitchRecord(STUB, 9000, 0, false, List.of(LO, OTHER))));
    assertThat(table.ports().keySet()).containsExactly(LO, OTHER);
    assertThat(frameTo(THERE).verdict()).isEqualTo(TcAction.REDIRECT);
  }

  @Test
  void shouldForgetInterfacesThatAreGone() {
    joinBoth();
    table.setUplink(1, 55);
    table.retain(Set.of(LO));
    assertThat(table.find(1)).contains(new SwitchRecord(STUB, 9000, 0, false, List.of(LO)));
    assertThat(table.ports().keySet()).containsExactly(LO);
    assertThat(table.owner(1, THERE)).isEmpty();
    assertThat(table.owner(1, HERE)).isPresent();
    assertThat(maps.counters().keys()).hasSize(1);
  }

  @Test
  void shouldDecideWithinAMicrosecond() {
    joinBoth();
    TestInput input = TestInput.of(frame(THERE)).ifindex(LO).repeated(100_000);
    assertThat(program.testRun(input).nanos()).isLessThan(1000);
  }
}
