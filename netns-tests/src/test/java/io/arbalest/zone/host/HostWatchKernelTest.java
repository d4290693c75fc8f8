package io.arbalest.zone.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.icmp.Ping;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.PortFacts;
import io.arbalest.zone.Zone;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host puts right what somebody does to its ports while it runs, and says so. */
@Privileged
@Timeout(120)
class HostWatchKernelTest {
  @TempDir private Path temp;
  private HostFixture fixture;

  @BeforeEach
  void open() {
    fixture = new HostFixture(temp, "alpha").settle();
    fixture.converge(Stars.of(2));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private PortFacts port(int zone) {
    return requireNonNull(fixture.host().switchboard().ports().get(Stars.key(zone)));
  }

  private boolean pings(int from, InetAddress to) {
    Zone zone = fixture.host().zone(Stars.zone(from)).orElseThrow();
    return zone.call(
        () -> {
          try (Ping ping = Ping.open(to)) {
            return ping.echo(Duration.ofSeconds(2)).isPresent();
          }
        });
  }

  private void tc(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tc"));
    command.addAll(List.of(words));
    Process tool =
        fixture
            .namespace()
            .call(() -> new ProcessBuilder(command).redirectErrorStream(true).start());
    String text = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tool.waitFor()).as(text).isZero();
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    for (int i = 0; i < 500 && !done.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(done.getAsBoolean()).isTrue();
  }

  @Test
  void shouldPutBackAFilterAndKeepTheReportUntilSomebodyPutsEverythingInOrder() throws Exception {
    PortFacts before = port(0);
    tc("filter", "del", "dev", before.portName(), "ingress", "pref", "1");

    await(() -> !fixture.host().problems().isEmpty());
    assertThat(fixture.host().problems())
        .singleElement()
        .asString()
        .contains("port " + before.portName() + " of z0/net0: ", "attached again");
    assertThat(port(0)).isEqualTo(before);
    assertThat(pings(0, Stars.ipv4(1))).isTrue();

    fixture.converge(Stars.of(2));
    assertThat(fixture.host().problems()).isEmpty();
  }

  @Test
  void shouldMakeAVnicAgainWhosePortSomebodyDeleted() throws Exception {
    int lost = port(0).ifindex();
    PortFacts other = port(1);
    try (Rtnetlink kernel = Rtnetlink.open(fixture.namespace())) {
      kernel.links().delete(lost);
    }
    await(() -> !fixture.host().problems().isEmpty());
    assertThat(fixture.host().problems())
        .singleElement()
        .asString()
        .contains("of z0/net0: gone from its namespace");

    fixture.host().tend();

    assertThat(port(0).ifindex()).isNotEqualTo(lost);
    assertThat(port(1)).isEqualTo(other);
    assertThat(pings(0, Stars.ipv4(1))).isTrue();
    assertThat(pings(1, Stars.ipv6(0))).isTrue();
  }
}
