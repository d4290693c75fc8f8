package io.arbalest.zone.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.InstanceName;
import io.arbalest.zone.ZoneSpec;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class DaemonTest {
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir Path temp;
  private final FakeHost host = new FakeHost();
  private final List<Daemon> daemons = new ArrayList<>();

  @AfterEach
  void closeDaemons() {
    host.maySettle.countDown();
    daemons.forEach(Daemon::close);
  }

  private Instance instance() {
    Map<String, String> environment =
        Map.of("ARBALEST_STATE", temp + "/state", "ARBALEST_RUN", temp + "/run");
    return Instance.of(InstanceName.GLOBAL, environment);
  }

  private Daemon start(boolean onDemand, Duration linger, Verbs verbs) {
    DaemonOptions options = new DaemonOptions(instance(), onDemand, linger);
    Daemon daemon = Daemon.start(options, i -> host, h -> verbs);
    daemons.add(daemon);
    return daemon;
  }

  private Daemon startSettled(Verbs verbs) {
    host.maySettle.countDown();
    return start(false, NEVER, verbs);
  }

  private ControlClient client() {
    return new ControlClient(instance().controlSocket());
  }

  private static Invocation invocation(String... argv) {
    return new Invocation(List.of(argv), Map.of("LANG", "C"), "/", 80, 12345);
  }

  private static HostSpec zones(String... names) {
    List<ZoneSpec> zones = new ArrayList<>();
    for (String name : names) {
      zones.add(ZoneSpec.stackOnly(new ZoneName(name)));
    }
    return new HostSpec(List.of(), List.of(), zones, List.of(), List.of());
  }

  private String raw(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(instance().controlSocket()));
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void shouldRunACommandAndStreamWhatItWrites() throws IOException {
    startSettled(
        (invocation, output) -> {
          output.out("columns " + invocation.columns() + " uid " + invocation.uid() + "\n");
          output.err("dladm: link busy\n");
          output.launch(List.of("/bin/true"));
          return 3;
        });
    List<ControlFrame> frames = new ArrayList<>();
    int status = client().run(invocation("dladm", "show-vnic"), frames::add);
    assertThat(status).isEqualTo(3);
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    assertThat(frames)
        .containsExactly(
            new ControlFrame.Out("columns 80 uid " + uid + "\n"),
            new ControlFrame.Err("dladm: link busy\n"),
            new ControlFrame.Launch(List.of("/bin/true")),
            new ControlFrame.Exit(3));
  }

  @Test
  void shouldStreamMoreThanAnyBufferHoldsWithoutSplittingCharacters() throws IOException {
    String emoji = "\uD83C\uDFF9".repeat(300_001);
    startSettled(
        (invocation, output) -> {
          output.out("x" + emoji);
          return 0;
        });
    StringBuilder text = new StringBuilder();
    client()
        .run(
            invocation("x"),
            frame -> text.append(frame instanceof ControlFrame.Out out ? out.text() : ""));
    assertThat(text.toString()).isEqualTo("x" + emoji);
  }

  @Test
  void shouldReportAnExceptionOfACommandAndGoOn() throws IOException {
    startSettled(
        (invocation, output) -> {
          throw new IllegalStateException("boom");
        });
    for (int i = 0; i < 2; i++) {
      List<ControlFrame> frames = new ArrayList<>();
      assertThat(client().run(invocation("x"), frames::add)).isEqualTo(1);
      assertThat(frames.getFirst())
          .isEqualTo(
              new ControlFrame.Err(
                  "arbalest: internal error: java.lang.IllegalStateException: boom\n"));
    }
  }

  @Test
  void shouldRunChangesOneAtATimeAndReadsBesideThem() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    startSettled(
        new Verbs() {
          @Override
          public int run(Invocation invocation, Output output) {
            if (!readsOnly(invocation)) {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              await(hold);
              inside.decrementAndGet();
            }
            return 0;
          }

          @Override
          public boolean readsOnly(Invocation invocation) {
            return invocation.argv().getFirst().equals("read");
          }
        });
    List<CompletableFuture<Integer>> changes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      changes.add(
          CompletableFuture.supplyAsync(() -> runUnchecked("change"), Thread::startVirtualThread));
    }
    assertThat(client().run(invocation("read"), frame -> {})).isZero();
    assertThat(client().state()).contains("state");
    hold.countDown();
    for (CompletableFuture<Integer> change : changes) {
      assertThat(change.get(10, TimeUnit.SECONDS)).isZero();
    }
    assertThat(most).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int runUnchecked(String verb) {
    try {
      return client().run(invocation(verb), frame -> {});
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void shouldAnswerHealthAtOnceButReadsOnlyAfterSettling() throws Exception {
    start(
        false,
        NEVER,
        new Verbs() {
          @Override
          public int run(Invocation invocation, Output output) {
            return host.happened.contains("settle") ? 0 : 1;
          }

          @Override
          public boolean readsOnly(Invocation invocation) {
            return true;
          }
        });
    assertThat(client().health().settled()).isFalse();
    CompletableFuture<Integer> read =
        CompletableFuture.supplyAsync(() -> runUnchecked("read"), Thread::startVirtualThread);
    assertThat(client().health().pid()).isEqualTo(ProcessHandle.current().pid());
    host.maySettle.countDown();
    assertThat(read.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(client().health().settled()).isTrue();
  }

  @Test
  void shouldConvergeAndSayWhyItCannot() throws IOException {
    startSettled((invocation, output) -> 0);
    List<ControlFrame> frames = new ArrayList<>();
    assertThat(client().converge(zones("web"), frames::add)).isZero();
    assertThat(frames.getFirst()).isEqualTo(new ControlFrame.Out("converge to 1 zones\n"));
    assertThat(client().desired()).isEqualTo(zones("web"));
    frames.clear();
    assertThat(client().converge(zones("web", "db"), frames::add)).isEqualTo(1);
    assertThat(frames.getFirst())
        .isEqualTo(new ControlFrame.Err("create zone web: No space left on device (ENOSPC)\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /v2/x HTTP/1.1\\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + "                                     | 404 | no such path: /v2/x",
        "GET /v1/run HTTP/1.1\\r\\n\\r\\n                                   | 405 | only POST",
        "POST /v1/health HTTP/1.1\\r\\nContent-Length: 0\\r\\n\\r\\n        | 405 | only GET",
        "POST /v1/run HTTP/1.1\\r\\nContent-Length: 2\\r\\n\\r\\n{}         | 400 | argv",
        "POST /v1/run HTTP/1.1\\r"
            + "\\n"
            + "Content-Length: 4\\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + "null       | 400 | null is not a request",
        "POST /v1/run HTTP/1.1\\r\\nContent-Length: 1\\r\\n\\r\\n{          | 400 | end-of-input",
        "PUT /v1/desired HTTP/1.1\\r\\nContent-Length: 7\\r\\n\\r\\n{\"x\":1} | 400 | x",
        "POST /v1/run HTTP/1.1\\r"
            + "\\n"
            + "Content-Length: 1048577\\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + "      | 413 | at most 1048576 bytes",
        "rubbish\\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + "                                                 | 400 | not an HTTP/1.1 request",
      })
  void shouldRefuseBadRequestsAndGoOn(String request, int status, String words) throws IOException {
    startSettled((invocation, output) -> 0);
    String answer = raw(request.replace("\\r\\n", "\r\n"));
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(words == null ? "" : words);
    assertThat(client().run(invocation("x"), frame -> {})).isZero();
  }

  @Test
  void shouldRefuseASecondDaemonAndChangeNothing() throws IOException {
    startSettled((invocation, output) -> 0);
    assertThatThrownBy(() -> start(false, NEVER, (invocation, output) -> 0))
        .isInstanceOf(DaemonRunningException.class)
        .hasMessageContaining("pid " + ProcessHandle.current().pid())
        .hasMessageContaining(instance().state().toString());
    Instance otherRun =
        new Instance(InstanceName.GLOBAL, instance().state(), temp.resolve("elsewhere"));
    assertThatThrownBy(
            () ->
                Daemon.start(
                    new DaemonOptions(otherRun, false, NEVER), i -> host, h -> (i, o) -> 0))
        .isInstanceOf(DaemonRunningException.class);
    assertThat(otherRun.run()).doesNotExist();
    Instance otherState =
        new Instance(InstanceName.GLOBAL, temp.resolve("other"), instance().run());
    assertThatThrownBy(
            () ->
                Daemon.start(
                    new DaemonOptions(otherState, false, NEVER), i -> host, h -> (i, o) -> 0))
        .isInstanceOf(DaemonRunningException.class);
    assertThat(client().run(invocation("x"), frame -> {})).isZero();
  }

  @Test
  void shouldOpenItsSocketToRootAndGroupOnly() throws IOException {
    startSettled((invocation, output) -> 0);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(instance().controlSocket())))
        .isEqualTo("rw-rw----");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(instance().run())))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void shouldReplaceTheSocketThatADeadDaemonLeft() throws IOException {
    Files.createDirectories(instance().run());
    Files.writeString(instance().controlSocket(), "");
    Files.writeString(instance().run().resolve("lock"), "999999\n");
    startSettled((invocation, output) -> 0);
    assertThat(client().health().settled() || client().health().pid() > 0).isTrue();
  }

  @Test
  void shouldLeaveWhenItHasGivenUpTheLastThingAndTakeEverythingAlong() throws Exception {
    host.maySettle.countDown();
    Daemon daemon = start(true, NEVER, (invocation, output) -> 0);
    assertThat(client().converge(zones("web"), frame -> {})).isZero();
    CompletableFuture<Integer> down =
        CompletableFuture.supplyAsync(
            this::convergeToNothing, work -> Thread.ofPlatform().daemon().start(work));
    daemon.awaitLeft();
    assertThat(instance().run()).doesNotExist();
    assertThat(instance().state()).doesNotExist();
    assertThat(host.happened).containsExactly("settle", "vacate");
    assertThat(down).isNotDone();
    daemon.close();
    assertThat(down.get(10, TimeUnit.SECONDS)).isZero();
  }

  private int convergeToNothing() {
    try {
      return client().converge(HostSpec.EMPTY, frame -> {});
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void shouldLeaveAfterAWhileWhenItNeverHeldAnything() {
    host.maySettle.countDown();
    start(true, Duration.ofMillis(50), (invocation, output) -> 0).awaitLeft();
    assertThat(instance().run()).doesNotExist();
  }

  @Test
  void shouldStayWhenStartedByTheSystemOrHoldingSomething() throws Exception {
    host.maySettle.countDown();
    start(true, Duration.ofMillis(50), (invocation, output) -> 0);
    client().converge(zones("web"), frame -> {});
    Thread.sleep(300);
    assertThat(client().health().settled()).isTrue();
    assertThat(host.happened).containsExactly("settle");
  }

  @Test
  void shouldKeepTheHostAndReleaseTheInstanceWhenClosed() throws IOException {
    Daemon daemon = startSettled((invocation, output) -> 0);
    client().converge(zones("web"), frame -> {});
    daemon.close();
    assertThat(host.happened).containsExactly("settle", "close");
    assertThat(instance().controlSocket()).doesNotExist();
    startSettled((invocation, output) -> 0);
    assertThat(client().desired()).isEqualTo(zones("web"));
  }

  @Test
  void shouldReadItsOptionsFromWhatItWrites() {
    DaemonOptions options = DaemonOptions.parse(List.of("lab.alpha", "--on-demand"), Map.of());
    assertThat(DaemonOptions.parse(options.arguments(), Map.of())).isEqualTo(options);
    assertThat(options.onDemand()).isTrue();
    assertThat(DaemonOptions.parse(List.of(), Map.of()).instance().name())
        .isEqualTo(InstanceName.GLOBAL);
    assertThatThrownBy(() -> DaemonOptions.parse(List.of("a", "b"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
