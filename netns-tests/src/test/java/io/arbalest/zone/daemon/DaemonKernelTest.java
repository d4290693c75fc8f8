package io.arbalest.zone.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.icmp.Ping;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.sys.Libc;
import io.arbalest.testing.Privileged;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.InstanceName;
import io.arbalest.zone.host.Stars;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Privileged
@Timeout(180)
class DaemonKernelTest {
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;
  private static final Pattern INDEX = Pattern.compile("\"ifindex\":[0-9]+|\"netns\":[0-9]+");

  @TempDir Path temp;
  private NetworkNamespace namespace;

  @BeforeEach
  void openNamespace() {
    namespace = NetworkNamespace.create();
  }

  @AfterEach
  void closeNamespace() throws Exception {
    if (Files.exists(instance().run())) {
      if (!answers()) {
        launch(Map.of());
      }
      converge(HostSpec.EMPTY);
      awaitGone();
    }
    namespace.close();
  }

  private Instance instance() {
    return Instance.of(
        InstanceName.of("d" + ProcessHandle.current().pid() % 100_000, "alpha"),
        Map.of("ARBALEST_STATE", temp + "/state", "ARBALEST_RUN", temp + "/run"));
  }

  private ControlClient client() {
    return new ControlClient(instance().controlSocket());
  }

  private ProcessHandle launch(Map<String, String> environment) throws IOException {
    DaemonOptions options = new DaemonOptions(instance(), true, DaemonOptions.DEFAULT_LINGER);
    long pid =
        new DaemonLauncher(PlainDaemon.class.getName(), environment)
            .launch(options, Optional.of(namespace));
    return ProcessHandle.of(pid).orElseThrow();
  }

  private boolean answers() {
    try {
      return client().health().pid() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void end(ProcessHandle daemon, int signal) {
    Libc.kill((int) daemon.pid(), signal);
    daemon.onExit().join();
  }

  private int converge(HostSpec wanted) throws IOException {
    List<String> words = new ArrayList<>();
    int status =
        client()
            .converge(
                wanted,
                frame -> {
                  if (frame instanceof ControlFrame.Err err) {
                    words.add(err.text());
                  }
                });
    assertThat(words).isEmpty();
    return status;
  }

  private List<String> identities() throws IOException {
    return INDEX.matcher(client().state()).results().map(MatchResult::group).toList();
  }

  private boolean pings(String zone, InetAddress target) {
    try (NetworkNamespace stack = NetworkNamespace.open(instance().netnsPin(zone))) {
      return stack.call(
          () -> {
            try (Ping ping = Ping.open(target)) {
              return ping.echo(Duration.ofSeconds(2)).isPresent();
            }
          });
    }
  }

  @Test
  void shouldLeaveTrafficAloneWhenKilledAndTakeOverWhatIsThere() throws Exception {
    ProcessHandle first = launch(Map.of());
    assertThat(converge(Stars.of(2))).isZero();
    List<String> identities = identities();
    assertThat(identities).hasSizeGreaterThanOrEqualTo(4);
    end(first, SIGKILL);
    assertThat(pings("z0", Stars.ipv4(1))).isTrue();
    ProcessHandle second = launch(Map.of());
    assertThat(client().health().problems()).isEmpty();
    assertThat(identities()).isEqualTo(identities);
    assertThat(pings("z1", Stars.ipv4(0))).isTrue();
    assertThat(converge(HostSpec.EMPTY)).isZero();
    assertThat(second.onExit()).as("ends with its answer").succeedsWithin(Duration.ofMillis(500));
    assertNothingLeft();
  }

  @Test
  void shouldRefuseASecondDaemonThatThenChangesNothing() throws Exception {
    ProcessHandle first = launch(Map.of());
    assertThat(converge(Stars.of(1))).isZero();
    List<String> identities = identities();
    Instance sameState =
        new Instance(instance().name(), instance().state(), temp.resolve("elsewhere/run"));
    DaemonOptions options = new DaemonOptions(sameState, true, Duration.ofSeconds(1));
    assertThatThrownBy(
            () ->
                new DaemonLauncher(PlainDaemon.class.getName(), Map.of())
                    .launch(options, Optional.of(namespace)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another daemon (pid " + first.pid() + ")")
        .hasMessageContaining(instance().state().toString());
    assertThat(identities()).isEqualTo(identities);
  }

  @Test
  void shouldKeepEverythingWhenToldToEnd() throws Exception {
    ProcessHandle first = launch(Map.of());
    assertThat(converge(Stars.of(2))).isZero();
    List<String> identities = identities();
    end(first, SIGTERM);
    assertThat(instance().controlSocket()).doesNotExist();
    assertThat(pings("z0", Stars.ipv4(1))).isTrue();
    launch(Map.of());
    assertThat(identities()).isEqualTo(identities);
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 30, 47, 58, 71, 88})
  void shouldBeCleanedUpByItsSuccessorWhenItDiesWhileMaking(int call) throws Exception {
    assertThatThrownBy(
            () -> {
              launch(Map.of("ARBALEST_FAILPOINT", call + ":kill"));
              converge(Stars.of(2));
            })
        .isInstanceOf(IOException.class);
    launch(Map.of());
    assertThat(client().health().problems()).isEmpty();
    converge(HostSpec.EMPTY);
    awaitGone();
    assertNothingLeft();
  }

  /** A successor that found nothing to hold leaves a while later. */
  private void awaitGone() throws InterruptedException {
    while (Files.exists(instance().run())) {
      Thread.sleep(50);
    }
  }

  private void assertNothingLeft() {
    assertThat(instance().run()).doesNotExist();
    assertThat(instance().state()).doesNotExist();
    assertThat(instance().netnsPin("z0")).doesNotExist();
    assertThat(instance().netnsPin("z1")).doesNotExist();
  }
}
