package io.arbalest.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.LinkKind;
import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.VethPair;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.tap.Tap;
import io.arbalest.overlay.link.Overlay;
import io.arbalest.overlay.link.Overlays;
import io.arbalest.overlay.link.StartMode;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Privileged
final class OverlayLinkKernelTest {
  private OverlayHost host;

  @BeforeEach
  void makeHost() {
    host = new OverlayHost(1500);
  }

  @AfterEach
  void closeHost() {
    host.close();
  }

  private List<String> links() {
    return host.kernel.links().list().stream().map(Link::name).toList();
  }

  private static OverlaySpec with(String property, String value) {
    Map<String, String> properties = new HashMap<>(OverlayHost.direct().properties());
    properties.put(property, value);
    return OverlaySpec.of(OverlayHost.BLUE, new Vni(42), "direct", properties);
  }

  @Test
  void shouldMakeAMarkedLinkAndRemoveIt() throws Exception {
    List<String> before = links();
    try (Overlays overlays = host.overlays()) {
      Overlay blue = overlays.create(OverlayHost.direct(), StartMode.STRICT);

      Link link = host.kernel.links().get("blue0");
      assertThat(link.index()).isEqualTo(blue.ifindex());
      assertThat(link.kind()).isEqualTo(new LinkKind.Tun(true, true, true, false));
      assertThat(link.alias()).contains(OverlayHost.ALIAS);
      assertThat(link.mtu()).isEqualTo(1450).isEqualTo(blue.mtu());
      assertThat(link.gsoMaxSize()).isEqualTo(61_000);
      assertThat(link.txQueueLength()).isEqualTo(256);
      assertThat(link.up()).isFalse();
      Path ipv6 = Path.of("/proc/sys/net/ipv6/conf/blue0/disable_ipv6");
      assertThat(host.here.call(() -> Files.readString(ipv6)).strip()).isEqualTo("1");
      blue.setUp();
      assertThat(host.kernel.links().get("blue0").up()).isTrue();
      assertThat(blue.health().isOnline()).isTrue();

      assertThat(overlays.delete(OverlayHost.BLUE)).isTrue();
      assertThat(overlays.delete(OverlayHost.BLUE)).isFalse();
      assertThat(links()).isEqualTo(before);
    }
  }

  @Test
  void shouldFindItsLinkAgain() {
    int index;
    try (Overlays overlays = host.overlays()) {
      Overlay blue = overlays.create(OverlayHost.direct(), StartMode.STRICT);
      blue.setUp();
      index = blue.ifindex();
    }
    try (Overlays overlays = host.overlays()) {
      assertThat(overlays.orphans()).containsExactly(OverlayHost.BLUE);

      Overlay blue = overlays.create(OverlayHost.direct(), StartMode.HOLD);

      assertThat(blue.ifindex()).isEqualTo(index);
      assertThat(host.kernel.links().get(index).up()).isTrue();
      assertThat(overlays.orphans()).isEmpty();
      overlays.delete(OverlayHost.BLUE);
    }
  }

  @Test
  void shouldRemoveOrphansThatNobodyWants() {
    try (Overlays overlays = host.overlays()) {
      overlays.create(OverlayHost.direct(), StartMode.STRICT);
    }
    try (Overlays overlays = host.overlays()) {
      assertThat(overlays.removeOrphans(List.of(OverlayHost.BLUE))).isEmpty();
      assertThat(links()).contains("blue0");
      assertThat(overlays.removeOrphans(List.of())).containsExactly(OverlayHost.BLUE);
      assertThat(links()).doesNotContain("blue0");
    }
  }

  @Test
  void shouldLeaveTheLinksOfOthersAlone() {
    NewLink near = NewLink.named("blue0");
    host.kernel.links().createVeth(new VethPair(near, NewLink.named("x0")));
    try (Overlays overlays = host.overlays();
        Tap foreign = host.here.call(() -> Tap.create("green0"))) {
      LinkName green = new LinkName(foreign.name());
      OverlaySpec spec =
          OverlaySpec.of(green, new Vni(7), "direct", OverlayHost.direct().properties());

      assertThatThrownBy(() -> overlays.create(OverlayHost.direct(), StartMode.STRICT))
          .isInstanceOf(LinkException.class)
          .hasMessage("object already exists: link blue0, which is not an overlay of ours");
      assertThatThrownBy(() -> overlays.create(spec, StartMode.HOLD))
          .hasMessage("object already exists: link green0, which is not an overlay of ours");
      assertThat(overlays.removeOrphans(List.of())).isEmpty();
      assertThat(links()).contains("blue0", "green0");
    }
  }

  @Test
  void shouldRefuseASecondOverlayOfANameOrVni() {
    try (Overlays overlays = host.overlays()) {
      overlays.create(OverlayHost.direct(), StartMode.STRICT);
      OverlaySpec twin =
          OverlaySpec.of(
              new LinkName("red0"), new Vni(42), "direct", OverlayHost.direct().properties());

      assertThatThrownBy(() -> overlays.create(OverlayHost.direct(), StartMode.STRICT))
          .hasMessage("object already exists: overlay blue0");
      assertThatThrownBy(() -> overlays.create(twin, StartMode.STRICT))
          .hasMessage("object already exists: vnetid 42, which overlay blue0 has");
      assertThat(links()).doesNotContain("red0");
      overlays.delete(OverlayHost.BLUE);
    }
  }

  @Test
  void shouldRefuseALinkThatAnotherDaemonHolds() {
    try (Overlays first = host.overlays();
        Overlays second = host.overlays()) {
      first.create(OverlayHost.direct(), StartMode.STRICT);

      assertThatThrownBy(() -> second.create(with("vxlan/listen_port", "4790"), StartMode.HOLD))
          .hasMessageContaining("link busy: blue0 is held by another process");
      assertThat(first.list()).allMatch(o -> o.health().isOnline());
      first.delete(OverlayHost.BLUE);
    }
  }

  @Test
  void shouldRefuseAnMtuThatTheUnderlayDoesNotCarry() {
    try (Overlays overlays = host.overlays()) {
      assertThatThrownBy(() -> overlays.create(with("mtu", "1451"), StartMode.STRICT))
          .hasMessageContaining("576 to 1450 (the underlay's 1500 less 50 for VXLAN)");
      assertThat(overlays.create(with("mtu", "1400"), StartMode.STRICT).mtu()).isEqualTo(1400);
      overlays.delete(OverlayHost.BLUE);
    }
  }

  @Test
  void shouldRefuseAListenAddressThatIsNotThisHosts() {
    try (Overlays overlays = host.overlays()) {
      assertThatThrownBy(
              () -> overlays.create(with("vxlan/listen_ip", "192.0.2.99"), StartMode.STRICT))
          .isInstanceOf(LinkException.class)
          .hasMessageContaining("vxlan/listen_ip 192.0.2.99, an address of a link of this host");
      assertThat(links()).doesNotContain("blue0");
    }
  }

  @Test
  void shouldTakeItsMtuFromAnIpv6Underlay() {
    Map<String, String> properties =
        Map.of(
            "vxlan/listen_ip", "2001:db8::1",
            "direct/dest_ip", "2001:db8::2",
            "direct/dest_port", "4789");
    try (Overlays overlays = host.overlays()) {
      OverlaySpec spec = OverlaySpec.of(OverlayHost.BLUE, new Vni(42), "direct", properties);

      assertThat(overlays.create(spec, StartMode.STRICT).mtu()).isEqualTo(1430);
      overlays.delete(OverlayHost.BLUE);
    }
  }

  @Test
  void shouldSayWhenTheUnderlayNoLongerFits() {
    int wire = host.kernel.links().get("wire0").index();
    try (Overlays overlays = host.overlays()) {
      Overlay blue = overlays.create(OverlayHost.direct(), StartMode.STRICT);
      host.kernel.links().setMtu(wire, 1400);
      assertThat(blue.health().fault())
          .contains("mtu 1450 is more than the underlay carries to all VTEPs, which is 1350");
      host.kernel.links().setMtu(wire, 1500);
      assertThat(blue.health().isOnline()).isTrue();
      host.kernel.addresses().delete(wire, IpPrefix.parse("192.0.2.1/24"));
      assertThat(blue.health().fault().orElse(""))
          .contains("192.0.2.1, an address of a link of this host");
      overlays.delete(OverlayHost.BLUE);
    }
  }

  @Test
  void shouldSayWhenItsLinkIsGone() throws InterruptedException {
    try (Overlays overlays = host.overlays()) {
      Overlay blue = overlays.create(OverlayHost.direct(), StartMode.STRICT);
      host.kernel.links().delete(blue.ifindex());

      assertThat(blue.health().status()).isEqualTo("DEGRADED");
      assertThat(blue.health().fault()).contains("the link blue0 was removed from outside");
      assertThat(cpuOfTheLoop(Duration.ofMillis(500))).isLessThan(Duration.ofMillis(100));
      assertThat(overlays.delete(OverlayHost.BLUE)).isTrue();
    }
  }

  private static Duration cpuOfTheLoop(Duration time) throws InterruptedException {
    Thread loop =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("overlay"))
            .findFirst()
            .orElseThrow();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getThreadCpuTime(loop.threadId());
    Thread.sleep(time);
    return Duration.ofNanos(threads.getThreadCpuTime(loop.threadId()) - before);
  }

  @Test
  void shouldLeaveNothingWhenAnyStepFails() {
    List<String> before = links();
    try (Overlays overlays = host.overlays()) {
      int steps = stepsOf(overlays);
      assertThat(steps).isGreaterThan(6);
      for (int step = 1; step <= steps; step++) {
        try (Failpoint.Armed armed = Failpoint.arm(step + ":ENOMEM")) {
          assertThatThrownBy(() -> overlays.create(OverlayHost.direct(), StartMode.STRICT))
              .as("step %d of %s", step, armed.hits())
              .isInstanceOf(KernelException.class)
              .hasMessageContaining("ENOMEM");
        }
        assertThat(links()).as("after step %d", step).isEqualTo(before);
      }
      overlays.create(OverlayHost.direct(), StartMode.STRICT);
      overlays.delete(OverlayHost.BLUE);
    }
  }

  private static int stepsOf(Overlays overlays) {
    try (Failpoint.Armed armed = Failpoint.arm("0:kill")) {
      overlays.create(OverlayHost.direct(), StartMode.STRICT);
      int steps = armed.hits().size();
      overlays.delete(OverlayHost.BLUE);
      return steps;
    }
  }
}
