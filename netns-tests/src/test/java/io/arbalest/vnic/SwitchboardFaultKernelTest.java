package io.arbalest.vnic;

import static io.arbalest.vnic.SwitchHost.STUB;
import static io.arbalest.vnic.SwitchHost.ipv4;
import static io.arbalest.vnic.SwitchHost.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.rtnetlink.VethPair;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kernel call of making and removing a VNIC fails once. */
@Privileged
class SwitchboardFaultKernelTest {
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

  private int callsOfMakingAPort() {
    try (Failpoint.Armed counting = Failpoint.arm("0:kill")) {
      host.board().addPort(spec("web/net0", 1), host.zone("web"));
      return counting.hits().size();
    } finally {
      host.board().removePort(VnicKey.parse("web/net0"));
    }
  }

  @Test
  void shouldLeaveNothingWhicheverCallFails() {
    int calls = callsOfMakingAPort();
    assertThat(calls).isGreaterThan(10);
    for (int call = 1; call <= calls; call++) {
      try (Failpoint.Armed armed = Failpoint.arm(call + ":ENOMEM")) {
        assertThatThrownBy(() -> host.board().addPort(spec("web/net0", 1), host.zone("web")))
            .as("call %d", call)
            .isInstanceOfSatisfying(
                KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOMEM));
        assertThat(armed.hits()).hasSizeGreaterThanOrEqualTo(call);
      }
      assertNothingOfWeb();
    }
    host.add("web", 1);
    assertThat(host.pings("web", ipv4(2))).isTrue();
  }

  private void assertNothingOfWeb() {
    assertThat(host.links()).containsExactly("lo", "vnic-0");
    assertThat(host.guard.ports()).hasSize(1);
    assertThat(host.board().ports()).containsOnlyKeys(VnicKey.parse("db/net0"));
    assertThat(host.board().switches())
        .isEqualTo(Map.of(STUB, new SwitchFacts(STUB, 9000, OptionalInt.empty(), 1)));
    try (Rtnetlink inside = Rtnetlink.open(host.zone("web"))) {
      assertThat(inside.links().list()).extracting(Link::name).containsExactly("lo");
    }
  }

  @Test
  void shouldFinishARemovalThatFailed() {
    VnicKey web = VnicKey.parse("web/net0");
    int calls = callsOfRemoving(web);
    for (int call = 1; call <= calls; call++) {
      host.board().addPort(spec("web/net0", 1), host.zone("web"));
      try (Failpoint.Armed armed = Failpoint.arm(call + ":EPERM")) {
        assertThatThrownBy(() -> host.board().removePort(web)).isInstanceOf(KernelException.class);
        assertThat(armed.hits()).isNotEmpty();
      }
      host.board().removePort(web);
      assertNothingOfWeb();
    }
  }

  private int callsOfRemoving(VnicKey key) {
    host.board().addPort(spec(key.toString(), 1), host.zone("web"));
    try (Failpoint.Armed counting = Failpoint.arm("0:kill")) {
      host.board().removePort(key);
      return counting.hits().size();
    }
  }

  @Test
  void shouldSweepWhatAKilledProcessLeft() {
    OwnerMark mark = new OwnerMark(SwitchHost.INSTANCE);
    createVeth(NewLink.named("vnic-7").withGroup(mark.group()), "half0");
    createVeth(
        NewLink.named("vnic-8")
            .withGroup(mark.doomedGroup())
            .withAlias(mark.alias(VnicKey.parse("web/net0"))),
        "doomed0");
    createVeth(NewLink.named("vnic-9"), "foreign0");
    createVeth(
        NewLink.named("other").withAlias("arbalest:other:vnic:web/net0").withGroup(77), "other0");
    host.restart();
    assertThat(host.board().ports()).containsOnlyKeys(VnicKey.parse("db/net0"));
    assertThat(host.board().sweep()).isEqualTo(2);
    assertThat(host.links())
        .containsExactlyInAnyOrder("lo", "vnic-0", "vnic-9", "foreign0", "other", "other0");
    assertThat(host.add("web", 1).portName()).isEqualTo("vnic-10");
  }

  private void createVeth(NewLink port, String peer) {
    host.net.links().createVeth(new VethPair(port, NewLink.named(peer)));
  }

  @Test
  void shouldGoOnWhenAnotherTookThePortsName() {
    createVeth(NewLink.named("vnic-1"), "foreign0");
    assertThat(host.add("web", 1).portName()).isEqualTo("vnic-2");
    createVeth(NewLink.named("net5"), "foreign1");
    assertThatThrownBy(() -> host.board().addPort(spec("net5", 5)))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
    assertThat(host.links())
        .containsExactlyInAnyOrder(
            "lo", "vnic-0", "vnic-1", "foreign0", "vnic-2", "net5", "foreign1");
  }

  @Test
  void shouldRemoveManyAtOnceOrNoneIfOneIsUnknown() {
    for (int i = 10; i < 30; i++) {
      host.add("zone" + i, i);
    }
    List<VnicKey> keys = List.copyOf(host.board().ports().keySet());
    assertThat(keys).hasSize(21);
    assertThatThrownBy(
            () -> host.board().removePorts(List.of(keys.getFirst(), VnicKey.parse("no/net0"))))
        .hasMessage("object not found: no/net0");
    assertThat(host.board().ports()).hasSize(21);
    host.board().removePorts(keys);
    assertThat(host.links()).containsExactly("lo");
  }
}
