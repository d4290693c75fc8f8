package io.arbalest.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.overlay.link.Overlay;
import io.arbalest.overlay.link.Overlays;
import io.arbalest.overlay.link.StartMode;
import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the kernel keeps of an overlay when its daemon dies, and what the next daemon makes of it.
 */
@Privileged
final class OverlayRestartKernelTest {
  private static final int KILLED = 137;

  private OverlayHost host;
  private Path namespace;

  @BeforeEach
  void makeHost() {
    host = new OverlayHost(1500);
    int fd = host.here.fd().number();
    namespace = Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + fd);
  }

  @AfterEach
  void closeHost() {
    host.close();
  }

  @Test
  void shouldTakeOverTheLinkOfAKilledDaemon() throws Exception {
    Link before;
    try (KilledDaemon daemon = KilledDaemon.start(namespace, List.of())) {
      before = host.kernel.links().get("blue0");
      host.kernel.traffic().addClsact(before.index());
      assertThat(daemon.kill()).isEqualTo(KILLED);
    }
    assertThat(host.kernel.links().get("blue0").index()).isEqualTo(before.index());

    try (Overlays overlays = host.overlays()) {
      assertThat(overlays.orphans()).containsExactly(OverlayHost.BLUE);
      Overlay blue = overlays.create(OverlayHost.direct(), StartMode.HOLD);

      assertThat(blue.ifindex()).isEqualTo(before.index());
      Link after = host.kernel.links().get("blue0");
      assertThat(after.alias()).isEqualTo(before.alias());
      assertThat(after.mtu()).isEqualTo(before.mtu());
      assertThat(after.up()).isTrue();
      assertThat(host.kernel.traffic().hasClsact(before.index())).isTrue();
      assertThat(blue.health().isOnline()).isTrue();
      overlays.delete(OverlayHost.BLUE);
    }
  }

  @Test
  void shouldConvergeWhereverTheDaemonWasKilled() throws Exception {
    int steps = steps();
    for (int step = 1; step <= steps; step++) {
      try (KilledDaemon daemon =
          KilledDaemon.start(namespace, List.of("-Darbalest.failpoint=" + step + ":kill"))) {
        assertThat(daemon.kill()).isEqualTo(KILLED);
      }
      // Whatever is left is known as ours: by the next daemon it is used, or removed.
      assertThat(host.kernel.links().find("blue0").map(l -> l.alias().orElse("")).orElse("none"))
          .as("killed at step %d", step)
          .isIn("none", OverlayHost.ALIAS);
      try (Overlays overlays = host.overlays()) {
        overlays.create(OverlayHost.direct(), StartMode.HOLD).setUp();
        assertThat(host.kernel.links().get("blue0").txQueueLength()).isEqualTo(256);
        assertThat(overlays.delete(OverlayHost.BLUE)).isTrue();
      }
      assertThat(host.kernel.links().find("blue0")).isEmpty();
    }
  }

  private int steps() {
    try (Overlays overlays = host.overlays();
        Failpoint.Armed armed = Failpoint.arm("0:kill")) {
      overlays.create(OverlayHost.direct(), StartMode.HOLD).setUp();
      int steps = armed.hits().size();
      overlays.delete(OverlayHost.BLUE);
      return steps;
    }
  }
}
