package io.arbalest.overlay;

import static io.arbalest.overlay.TestHost.ip;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.testing.Privileged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The other host has no Arbalest: it has {@code ip link add type vxlan}. */
@Privileged
@Timeout(60)
class KernelVxlanKernelTest {
  private static final int BLOCKS = 160;

  private TestHost ours;
  private TestHost theirs;

  @BeforeEach
  void join() {
    ours = new TestHost();
    theirs = new TestHost();
    TestHost.join(ours, theirs);
    ours.underlay("192.0.2.1/24", "2001:db8::1/64").uplink(1).inner("10.42.0.1/24", "fd42::1/64");
    theirs.underlay("192.0.2.2/24", "2001:db8::2/64");
  }

  @AfterEach
  void leave() {
    ours.close();
    theirs.close();
  }

  @Test
  void shouldTalkOverIpv4() throws Exception {
    assertInteroperates("192.0.2.1", "192.0.2.2");
  }

  @Test
  void shouldTalkOverIpv6() throws Exception {
    assertInteroperates("2001:db8::1", "2001:db8::2");
  }

  private void assertInteroperates(String here, String there) throws Exception {
    ours.overlay(here, there);
    theirs.kernelVxlan(there, here).inner("10.42.0.2/24", "fd42::2/64");
    assertThat(ours.ping("10.42.0.2")).isPresent();
    assertThat(theirs.ping("10.42.0.1")).isPresent();
    assertThat(ours.ping("fd42::2")).isPresent();
    assertThat(theirs.ping("fd42::1")).isPresent();
    for (String target : new String[] {"10.42.0.2", "fd42::2"}) {
      assertThat(TcpTransfer.run(ours.namespace(), theirs.namespace(), ip(target), BLOCKS))
          .isTrue();
    }
    for (String target : new String[] {"10.42.0.1", "fd42::1"}) {
      assertThat(TcpTransfer.run(theirs.namespace(), ours.namespace(), ip(target), BLOCKS))
          .isTrue();
    }
    System.out.println(ours.port().counters().snapshot());
    assertThat(ours.port().counters().snapshot().isBalanced()).isTrue();
  }
}
