package io.arbalest.overlay;

import static io.arbalest.overlay.TestHost.ip;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.overlay.OverlayCounters.Snapshot;
import io.arbalest.testing.Privileged;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Privileged
@Timeout(60)
class OverlayPathKernelTest {
  private static final int BLOCKS = 160;

  private TestHost alpha;
  private TestHost beta;

  @BeforeEach
  void join() {
    alpha = new TestHost();
    beta = new TestHost();
    TestHost.join(alpha, beta);
    alpha.underlay("192.0.2.1/24", "2001:db8::1/64").uplink(1).inner("10.42.0.1/24", "fd42::1/64");
    beta.underlay("192.0.2.2/24", "2001:db8::2/64").uplink(2).inner("10.42.0.2/24", "fd42::2/64");
  }

  @AfterEach
  void leave() {
    alpha.close();
    beta.close();
  }

  @Test
  void shouldCarryPingAndTcpOverIpv4() throws Exception {
    alpha.overlay("192.0.2.1", "192.0.2.2");
    beta.overlay("192.0.2.2", "192.0.2.1");
    assertCarriesBothFamilies();
    assertNothingLost();
  }

  @Test
  void shouldCarryPingAndTcpOverIpv6() throws Exception {
    alpha.overlay("2001:db8::1", "2001:db8::2");
    beta.overlay("2001:db8::2", "2001:db8::1");
    assertCarriesBothFamilies();
    assertNothingLost();
  }

  @Test
  void shouldMoveManySegmentsPerSystemCall() throws Exception {
    alpha.overlay("192.0.2.1", "192.0.2.2");
    beta.overlay("192.0.2.2", "192.0.2.1");
    assertThat(transfer(alpha, beta, "10.42.0.2")).isTrue();
    Snapshot out = alpha.port().counters().snapshot();
    Snapshot in = beta.port().counters().snapshot();
    assertThat(out.get(FrameCount.OUT_FRAMES)).isGreaterThan(10 * out.get(FrameCount.OUT_SENDS));
    assertThat(in.get(FrameCount.IN_FRAMES)).isGreaterThan(10 * in.get(FrameCount.IN_WRITES));
  }

  @Test
  void shouldGiveUpTheOffloadAndCountWhatTheUnderlayNoLongerCarries() throws Exception {
    alpha.overlay("192.0.2.1", "192.0.2.2");
    beta.overlay("192.0.2.2", "192.0.2.1");
    alpha.wireMtu(1400);
    try (ServerSocket server =
            beta.namespace().call(() -> new ServerSocket(0, 1, ip("10.42.0.2")));
        Socket client =
            alpha.namespace().call(() -> new Socket(ip("10.42.0.2"), server.getLocalPort()))) {
      client.setSoLinger(true, 0);
      client.getOutputStream().write(new byte[8000]);
      OverlayCounters counters = alpha.port().counters();
      for (int i = 0; i < 400 && counters.get(DropReason.TOO_LONG) == 0; i++) {
        Thread.sleep(5);
      }
      assertThat(counters.get(DropReason.TOO_LONG)).isPositive();
      assertThat(counters.get(FrameCount.OFFLOAD_GIVEN_UP)).isEqualTo(1);
    }
    assertThat(alpha.ping("10.42.0.2")).as("what fits goes on").isPresent();
  }

  private void assertCarriesBothFamilies() throws Exception {
    assertThat(alpha.ping("10.42.0.2")).isPresent();
    assertThat(beta.ping("10.42.0.1")).isPresent();
    assertThat(alpha.ping("fd42::2")).isPresent();
    assertThat(transfer(alpha, beta, "10.42.0.2")).isTrue();
    assertThat(transfer(alpha, beta, "fd42::2")).isTrue();
    assertThat(transfer(beta, alpha, "10.42.0.1")).isTrue();
    assertThat(transfer(beta, alpha, "fd42::1")).isTrue();
  }

  private static boolean transfer(TestHost from, TestHost to, String target) throws Exception {
    return TcpTransfer.run(from.namespace(), to.namespace(), ip(target), BLOCKS);
  }

  private void assertNothingLost() {
    for (TestHost host : new TestHost[] {alpha, beta}) {
      Snapshot counters = host.port().counters().snapshot();
      assertThat(counters.dropped(DropReason.Direction.OUT)).as("%s", counters).isZero();
      assertThat(counters.dropped(DropReason.Direction.IN)).as("%s", counters).isZero();
      assertThat(host.port().listenerCounters().get(FrameCount.IN_FRAMES)).isZero();
    }
  }
}
