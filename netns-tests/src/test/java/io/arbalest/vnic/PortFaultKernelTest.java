package io.arbalest.vnic;

import static io.arbalest.vnic.SwitchHost.STUB;
import static io.arbalest.vnic.SwitchHost.ipv4;
import static io.arbalest.vnic.SwitchHost.mac;
import static io.arbalest.vnic.SwitchHost.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.ProtectionSpec.Clients;
import io.arbalest.vnic.ProtectionSpec.Grants;
import io.arbalest.vnic.ProtectionSpec.Reception;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each kernel call of making, changing, removing and repairing a VNIC with everything that one can
 * have fails once, or is the last before the daemon dies.
 */
@Privileged
@Timeout(300)
class PortFaultKernelTest {
  private static final VnicKey WEB = VnicKey.parse("web/net0");
  private static final MacAddress SECOND = MacAddress.parse("2:8:20:0:1:1");
  private static final MacAddress ROUTER = MacAddress.parse("0:0:5e:0:1:7");

  @TempDir private Path directory;
  private SwitchHost host;

  @BeforeEach
  void start() {
    host = new SwitchHost(directory);
    host.add("db", 2);
    // Made here, so that its making is not counted below.
    assertThat(host.zone("web").inode()).isPositive();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  /** A VNIC with a secondary address, a virtual router's, and a copy of everything. */
  private static VnicSpec rich() {
    Grants grants = new Grants(Set.of(), List.of(SECOND), Set.of(7), List.of());
    Reception reception = new Reception(Set.of(), List.of(), false);
    return new VnicSpec(
        WEB,
        STUB,
        MacAssignment.fixed(mac(1)),
        OptionalInt.of(1500),
        new ProtectionSpec(Set.of(), List.of(), Set.of(), Clients.OWN, grants, reception));
  }

  private static VnicSpec plain() {
    return spec("web/net0", 1);
  }

  private void add(VnicSpec spec) {
    host.board().addPort(spec, host.zone("web"));
  }

  private static int callsOf(Runnable action) {
    try (Failpoint.Armed counting = Failpoint.arm("0:kill")) {
      action.run();
      return counting.hits().size();
    }
  }

  /** Fails what is said, and everything after that too. */
  private static void crashAt(int call, Runnable action) {
    try (Failpoint.Armed armed = Failpoint.arm(call + ":stop")) {
      assertThatThrownBy(action::run)
          .as("call %d", call)
          .isInstanceOfAny(KernelException.class, UncheckedIOException.class);
      assertThat(armed.hits()).hasSizeGreaterThanOrEqualTo(call);
    }
  }

  private void assertNothingOfWeb() {
    assertThat(host.links()).containsExactly("lo", "vnic-0");
    assertThat(host.guard.ports()).hasSize(1);
    assertThat(host.board().ports()).containsOnlyKeys(VnicKey.parse("db/net0"));
    try (Rtnetlink inside = Rtnetlink.open(host.zone("web"))) {
      assertThat(inside.links().list()).extracting(Link::name).containsExactly("lo");
    }
    for (MacAddress mac : List.of(mac(1), SECOND, ROUTER)) {
      assertThat(reached(mac)).as("%s", mac).isFalse();
    }
  }

  /** Whether the switch knows an address: it counts what it does not. */
  private boolean reached(MacAddress mac) {
    long before = unknown();
    try (RawLink sender = new RawLink(host.zone("db"));
        Rtnetlink inside = Rtnetlink.open(host.zone("db"))) {
      int link = inside.links().get("net0").index();
      assertThat(sender.send(link, TapEnd.frame(mac, mac(2)))).isTrue();
    }
    return unknown() == before;
  }

  private long unknown() {
    return host.stats("db/net0").drops().getOrDefault("unknown-unicast", 0L);
  }

  private void restart() {
    host.restart();
    assertThat(host.board().sweep()).isBetween(0, 1);
  }

  @Test
  void shouldLeaveNothingWhicheverCallOfMakingFails() {
    int calls = callsOf(() -> add(rich()));
    host.board().removePort(WEB);
    assertThat(calls).isGreaterThan(20);
    for (int call = 1; call <= calls; call++) {
      try (Failpoint.Armed armed = Failpoint.arm(call + ":ENOMEM")) {
        assertThatThrownBy(() -> add(rich()))
            .as("call %d", call)
            .isInstanceOf(KernelException.class);
        assertThat(armed.hits()).hasSizeGreaterThanOrEqualTo(call);
      }
      assertNothingOfWeb();
    }
  }

  @Test
  void shouldSweepWhatADeadDaemonHadHalfMade() {
    int calls = callsOf(() -> add(rich()));
    host.board().removePort(WEB);
    for (int call = 1; call <= calls; call++) {
      crashAt(call, () -> add(rich()));
      restart();
      if (!host.board().adopt(rich())) {
        host.board().ports().keySet().stream()
            .filter(WEB::equals)
            .forEach(host.board()::removePort);
        assertNothingOfWeb();
        add(rich());
      }
      assertWhole();
      host.board().removePort(WEB);
      assertNothingOfWeb();
    }
  }

  private void assertWhole() {
    for (MacAddress mac : List.of(mac(1), SECOND, ROUTER)) {
      assertThat(reached(mac)).as("%s", mac).isTrue();
    }
    assertThat(host.board().inspect()).isEmpty();
  }

  @Test
  void shouldChangeAVnicWhollyOrNotAtAll() {
    add(plain());
    int calls = callsOf(() -> host.board().adopt(rich()));
    assertThat(calls).isGreaterThan(5);
    for (int call = 1; call <= calls; call++) {
      assertThat(host.board().adopt(plain())).isTrue();
      assertThat(reached(SECOND)).isFalse();
      try (Failpoint.Armed armed = Failpoint.arm(call + ":ENOMEM")) {
        assertThatThrownBy(() -> host.board().adopt(rich())).isInstanceOf(KernelException.class);
        assertThat(armed.hits()).hasSizeGreaterThanOrEqualTo(call);
      }
      assertThat(reached(mac(1))).isTrue();
    }
    assertThat(host.board().adopt(rich())).isTrue();
    assertWhole();
  }

  @Test
  void shouldFinishAChangeThatADeadDaemonBegan() {
    add(plain());
    int there = callsOf(() -> host.board().adopt(rich()));
    int back = callsOf(() -> host.board().adopt(plain()));
    for (int call = 1; call <= there; call++) {
      crashAt(call, () -> host.board().adopt(rich()));
      restart();
      assertThat(host.board().adopt(rich())).as("call %d", call).isTrue();
      assertWhole();
      assertThat(host.board().adopt(plain())).isTrue();
    }
    for (int call = 1; call <= back; call++) {
      assertThat(host.board().adopt(rich())).isTrue();
      crashAt(call, () -> host.board().adopt(plain()));
      restart();
      assertThat(host.board().adopt(plain())).as("call %d", call).isTrue();
      assertThat(reached(mac(1))).isTrue();
      assertThat(reached(SECOND)).isFalse();
      assertThat(reached(ROUTER)).isFalse();
    }
  }

  @Test
  void shouldFinishARemovalThatADeadDaemonBegan() {
    add(rich());
    int calls = callsOf(() -> host.board().removePort(WEB));
    for (int call = 1; call <= calls; call++) {
      add(rich());
      crashAt(call, () -> host.board().removePort(WEB));
      restart();
      if (host.board().ports().containsKey(WEB)) {
        assertThat(host.board().adopt(rich())).as("half removed").isIn(true, false);
        host.board().removePort(WEB);
      }
      assertNothingOfWeb();
    }
  }

  @Test
  void shouldRepairAPortWhicheverCallFails() {
    int port = host.add("web", 1).ifindex();
    int calls = callsOf(() -> damageAndInspect(port));
    for (int call = 1; call <= 2 * calls; call++) {
      host.net.traffic().deleteClsact(port);
      host.net.links().setDown(port);
      List<PortReport> reports;
      try (Failpoint.Armed armed = Failpoint.arm(call + ":EPERM")) {
        reports = host.board().inspect();
        assertThat(armed.hits()).isNotEmpty();
      }
      assertThat(reports).hasSize(1);
      boolean broken = reports.getFirst().outcome() == PortReport.Outcome.BROKEN;
      assertThat(host.board().inspect()).hasSize(broken ? 1 : 0);
      assertThat(host.board().inspect()).isEmpty();
      assertThat(host.pings("web", ipv4(2))).isTrue();
    }
  }

  private void damageAndInspect(int port) {
    host.net.traffic().deleteClsact(port);
    assertThat(host.board().inspect()).hasSize(1);
  }

  /** What cannot be filtered is set down: the port is shut, and says why. */
  @Test
  void shouldSetAPortDownThatItCannotFilter() {
    int port = host.add("web", 1).ifindex();
    host.net.traffic().deleteClsact(port);
    try (Failpoint.Armed armed = Failpoint.arm("1:EPERM")) {
      assertThat(host.board().inspect())
          .singleElement()
          .satisfies(r -> assertThat(r.outcome()).isEqualTo(PortReport.Outcome.REPAIRED));
      assertThat(armed.hits()).anyMatch(hit -> hit.endsWith(port + " down"));
      assertThat(armed.hits().getLast()).endsWith(port + " up");
    }
    host.net.traffic().deleteClsact(port);
    try (Failpoint.Armed armed = Failpoint.arm("1:stop")) {
      assertThat(host.board().inspect())
          .singleElement()
          .satisfies(r -> assertThat(r.outcome()).isEqualTo(PortReport.Outcome.BROKEN))
          .satisfies(
              r ->
                  assertThat(r.text())
                      .startsWith(
                          "port vnic-1 of web/net0: guard missing, reception missing, switch"
                              + " missing; could not be attached, set down: ")
                      .contains("EIO"));
      assertThat(armed.hits()).isNotEmpty();
    }
    assertThat(host.board().inspect()).hasSize(1);
    assertThat(host.pings("web", ipv4(2))).isTrue();
  }
}
