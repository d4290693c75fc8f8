package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.TestInput;
import io.arbalest.linux.bpf.TestRun;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.linux.bpf.asm.TcAction;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program alone, by BPF_PROG_TEST_RUN, frames coming in on lo: the guard's mark, addresses that
 * move, and ports that watch.
 */
@Privileged
class SwitchBranchesKernelTest {
  private static final int LO = 1;
  private static final int OTHER = 1_000_000;
  private static final int THIRD = 1_000_001;
  private static final int UPLINK = 1_000_002;
  private static final int MARK = 77;
  private static final MacAddress HERE = MacAddress.parse("2:8:20:0:0:1");
  private static final MacAddress THERE = MacAddress.parse("2:8:20:0:0:2");
  private static final MacAddress ELSEWHERE = MacAddress.parse("2:8:20:0:0:3");
  private static final MacAddress NOBODY = MacAddress.parse("2:8:20:0:0:9");
  private static final MacAddress ROUTER = MacAddress.parse("0:0:5e:0:1:7");

  @TempDir private Path directory;
  private Bpffs pins;
  private SwitchMaps maps;
  private SwitchTable table;
  private BpfProgram program;
  private int id;

  @BeforeEach
  void load() {
    pins = Bpffs.mount(directory.resolve("bpf"));
    maps = SwitchMaps.open(pins);
    table = new SwitchTable(maps);
    program = maps.load(MARK);
    id = table.create(new LinkName("stub0"), 9000);
  }

  @AfterEach
  void unload() {
    program.close();
    maps.close();
    pins.unmount();
  }

  private void join(int ifindex, MacAddress mac, Set<MacAddress> shared, boolean watches) {
    PortMacs macs = new PortMacs(mac, Set.of(), shared);
    Wiring wiring = new Wiring(id, macs, Delivery.DIRECT, watches);
    table.connect(ifindex, wiring.record());
    table.announce(ifindex, wiring);
  }

  private TestRun run(MacAddress to, MacAddress from, int mark) {
    TestInput frame = TestInput.of(TapEnd.frame(to, from)).ifindex(LO);
    return program.testRun(frame.with(SkBuff.MARK, mark));
  }

  private int verdict(MacAddress to, MacAddress from) {
    return run(to, from, MARK).verdict();
  }

  private Map<SwitchDrop, Long> drops(int ifindex) {
    Map<SwitchDrop, Long> drops = new EnumMap<>(table.counters(ifindex).drops());
    drops.values().removeIf(count -> count == 0);
    return drops;
  }

  private int holder(MacAddress mac) {
    return table.owner(id, mac).map(ForwardEntry::ifindex).orElse(0);
  }

  @Test
  void shouldDropWhatTheGuardDidNotSee() {
    join(LO, HERE, Set.of(), false);
    join(OTHER, THERE, Set.of(), false);
    for (MacAddress to : List.of(THERE, NOBODY, MacAddress.BROADCAST)) {
      assertThat(run(to, HERE, 0).verdict()).isEqualTo(TcAction.SHOT);
      assertThat(run(to, HERE, MARK + 1).verdict()).isEqualTo(TcAction.SHOT);
    }
    assertThat(drops(LO)).isEqualTo(Map.of(SwitchDrop.UNGUARDED, 6L));
    assertThat(table.counters(OTHER)).isEqualTo(PortCounters.ZERO);
  }

  @Test
  void shouldTakeTheMarkOff() {
    join(LO, HERE, Set.of(), false);
    join(OTHER, THERE, Set.of(), false);
    TestRun passed = run(THERE, HERE, MARK);
    assertThat(passed.verdict()).isEqualTo(TcAction.REDIRECT);
    assertThat(passed.context(SkBuff.MARK)).isZero();
  }

  @Test
  void shouldAskForNoMarkAtAnUplink() {
    table.connect(LO, PortRecord.uplink(id));
    table.setUplink(id, LO);
    join(OTHER, THERE, Set.of(), false);
    assertThat(run(THERE, NOBODY, 0).verdict()).isEqualTo(TcAction.REDIRECT);
    assertThat(drops(LO)).isEmpty();
  }

  @Test
  void shouldMoveASharedAddressToItsSender() {
    join(OTHER, THERE, Set.of(ROUTER), false);
    join(LO, HERE, Set.of(ROUTER), false);
    assertThat(holder(ROUTER)).isEqualTo(OTHER);
    assertThat(verdict(THERE, HERE)).isEqualTo(TcAction.REDIRECT);
    assertThat(holder(ROUTER)).as("another source moves nothing").isEqualTo(OTHER);
    assertThat(verdict(THERE, ROUTER)).isEqualTo(TcAction.REDIRECT);
    assertThat(table.owner(id, ROUTER)).contains(new ForwardEntry(LO, Delivery.DIRECT, true));
    assertThat(verdict(THERE, ROUTER)).as("again").isEqualTo(TcAction.REDIRECT);
    assertThat(verdict(ROUTER, ROUTER)).as("to itself").isEqualTo(TcAction.SHOT);
    assertThat(drops(LO)).isEqualTo(Map.of(SwitchDrop.TO_SELF, 1L));
  }

  @Test
  void shouldMoveNothingWithoutARight() {
    join(OTHER, THERE, Set.of(ROUTER), false);
    join(LO, HERE, Set.of(MacAddress.parse("0:0:5e:0:1:8")), false);
    assertThat(verdict(MacAddress.BROADCAST, ROUTER)).isEqualTo(TcAction.STOLEN);
    assertThat(verdict(MacAddress.BROADCAST, THERE)).isEqualTo(TcAction.STOLEN);
    assertThat(holder(ROUTER)).isEqualTo(OTHER);
    assertThat(holder(THERE)).isEqualTo(OTHER);
  }

  /** No such right is ever given; if there were one, it would be worth nothing. */
  @Test
  void shouldNeverMoveAnAddressThatIsOnePortsAlone() {
    join(OTHER, THERE, Set.of(), false);
    join(LO, HERE, Set.of(ROUTER), false);
    byte[] right = new ForwardKey(LO, 0, THERE).encode();
    maps.shared().update(right, new ForwardEntry(LO, Delivery.DIRECT, true).encode());
    assertThat(verdict(MacAddress.BROADCAST, THERE)).isEqualTo(TcAction.STOLEN);
    assertThat(holder(THERE)).isEqualTo(OTHER);
  }

  @Test
  void shouldMoveNothingThatTheGuardDidNotSee() {
    join(OTHER, THERE, Set.of(ROUTER), false);
    join(LO, HERE, Set.of(ROUTER), false);
    assertThat(run(MacAddress.BROADCAST, ROUTER, 0).verdict()).isEqualTo(TcAction.SHOT);
    assertThat(holder(ROUTER)).isEqualTo(OTHER);
  }

  @Test
  void shouldPutUpASharedAddressThatLeadsNowhere() {
    join(LO, HERE, Set.of(ROUTER), false);
    maps.forward().delete(new ForwardKey(id, 0, ROUTER).encode());
    assertThat(verdict(MacAddress.BROADCAST, ROUTER)).isEqualTo(TcAction.STOLEN);
    assertThat(holder(ROUTER)).isEqualTo(LO);
  }

  /** There is no such interface, so each copy that is tried is counted as failed at its port. */
  @Test
  void shouldTryToCopyToThoseThatWatchOnly() {
    join(LO, HERE, Set.of(), false);
    join(OTHER, THERE, Set.of(), false);
    join(THIRD, ELSEWHERE, Set.of(), true);
    assertThat(verdict(THERE, HERE)).isEqualTo(TcAction.REDIRECT);
    assertThat(drops(THIRD)).isEqualTo(Map.of(SwitchDrop.COPY_FAILED, 1L));
    assertThat(verdict(ELSEWHERE, HERE)).as("its own, once").isEqualTo(TcAction.REDIRECT);
    assertThat(drops(THIRD)).isEqualTo(Map.of(SwitchDrop.COPY_FAILED, 1L));
    assertThat(verdict(NOBODY, HERE)).as("not carried").isEqualTo(TcAction.SHOT);
    assertThat(verdict(HERE, HERE)).as("not carried").isEqualTo(TcAction.SHOT);
    assertThat(drops(THIRD)).isEqualTo(Map.of(SwitchDrop.COPY_FAILED, 1L));
    table.connect(UPLINK, PortRecord.uplink(id));
    table.setUplink(id, UPLINK);
    assertThat(verdict(NOBODY, HERE)).as("to the uplink").isEqualTo(TcAction.REDIRECT);
    assertThat(drops(THIRD)).isEqualTo(Map.of(SwitchDrop.COPY_FAILED, 2L));
    assertThat(drops(OTHER)).isEmpty();
    assertThat(drops(UPLINK)).isEmpty();
    assertThat(table.counters(LO).outPackets()).isEqualTo(3);
    assertThat(table.counters(THIRD).inPackets()).isEqualTo(1);
  }

  @Test
  void shouldStopCopyingWhenTheLastWatcherLeaves() {
    join(LO, HERE, Set.of(), false);
    join(OTHER, THERE, Set.of(), false);
    join(THIRD, ELSEWHERE, Set.of(), true);
    assertThat(table.port(LO).orElseThrow().has(SwitchLayout.PORT_WATCHED)).isTrue();
    table.withdraw(List.of(THIRD));
    assertThat(table.port(LO).orElseThrow().has(SwitchLayout.PORT_WATCHED)).isFalse();
    assertThat(table.find(id).orElseThrow().watched()).isFalse();
    assertThat(verdict(THERE, HERE)).isEqualTo(TcAction.REDIRECT);
    assertThat(drops(THIRD)).isEmpty();
  }

  @Test
  void shouldForgetSharedAddressesOfPortsThatAreGone() {
    join(OTHER, THERE, Set.of(ROUTER), false);
    join(LO, HERE, Set.of(ROUTER), false);
    table.retain(Set.of(LO));
    assertThat(holder(ROUTER)).isEqualTo(LO);
    assertThat(maps.shared().keys()).hasSize(1);
    table.retain(Set.of());
    assertThat(holder(ROUTER)).isZero();
    assertThat(maps.shared().keys()).isEmpty();
    assertThat(maps.forward().keys()).isEmpty();
  }

  @Test
  void shouldFinishWatchingThatWasCutShort() {
    join(LO, HERE, Set.of(), false);
    join(OTHER, THERE, Set.of(), true);
    PortRecord untold = table.port(LO).orElseThrow().with(SwitchLayout.PORT_WATCHED, false);
    maps.ports().update(SwitchTable.key(LO), untold.encode());
    table.resume();
    assertThat(table.port(LO).orElseThrow().has(SwitchLayout.PORT_WATCHED)).isTrue();
  }
}
