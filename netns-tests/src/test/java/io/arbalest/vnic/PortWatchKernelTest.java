package io.arbalest.vnic;

import static io.arbalest.vnic.SwitchHost.mac;
import static io.arbalest.vnic.SwitchHost.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.bpf.asm.TcAction;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Direction;
import io.arbalest.linux.rtnetlink.FilterPlace;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody on the host damages a port with {@code ip} and {@code tc}, while its zone floods the
 * switch with frames that the guard drops. Nothing of them may arrive, and the port is repaired.
 */
@Privileged
@Timeout(60)
class PortWatchKernelTest {
  private static final String PORT = "port vnic-0 of evil/net0: ";

  @TempDir private Path directory;
  private SwitchHost host;
  private PortFacts port;
  private PortWatch watch;
  private Flood flood;
  private RawLink victim;
  private final LinkedBlockingQueue<PortReport> reports = new LinkedBlockingQueue<>();

  /** Frames from the foreign address, as fast as one thread can. */
  private static final class Flood implements AutoCloseable {
    private final AtomicLong sent = new AtomicLong();
    private final RawLink link;
    private final CompletableFuture<Void> running;
    private volatile boolean over;

    Flood(NetworkNamespace zone) {
      int index = indexIn(zone);
      byte[] frame = TapEnd.frame(mac(2), OpenGuard.FOREIGN);
      byte[] group = TapEnd.frame(MacAddress.BROADCAST, OpenGuard.FOREIGN);
      link = new RawLink(zone);
      running =
          CompletableFuture.runAsync(
              () -> {
                while (!over) {
                  sent.addAndGet(link.send(index, frame) ? 1 : 0);
                  sent.addAndGet(link.send(index, group) ? 1 : 0);
                }
              });
    }

    /** Waits until more was sent, so that what is asked next was asked under fire. */
    void awaitMore() throws InterruptedException {
      long until = sent.get() + 200;
      while (sent.get() < until) {
        Thread.sleep(1);
      }
    }

    @Override
    public void close() {
      if (!over) {
        over = true;
        running.join();
        link.close();
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    host = new SwitchHost(directory, OpenGuard.strict());
    port = host.addQuiet("evil", 1);
    host.addQuiet("web", 2);
    watch = host.board().watch(reports::add);
    victim = new RawLink(host.zone("web"));
    flood = new Flood(host.zone("evil"));
    flood.awaitMore();
    assertThat(reports).isEmpty();
  }

  @AfterEach
  void stop() {
    flood.close();
    victim.close();
    watch.close();
    host.close();
  }

  private static int indexIn(NetworkNamespace zone) {
    try (Rtnetlink inside = Rtnetlink.open(zone)) {
      return inside.links().get("net0").index();
    }
  }

  /** Runs a tool in the host's namespace. */
  private String run(String command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.replaceAll(word -> word.replace('=', ' '));
    Process tool =
        host.home.call(() -> new ProcessBuilder(words).redirectErrorStream(true).start());
    String text = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tool.waitFor()).as("%s: %s", command, text).isZero();
    return text;
  }

  private PortReport report() throws InterruptedException {
    PortReport report = reports.poll(10, TimeUnit.SECONDS);
    assertThat(report).as("a report").isNotNull();
    return report;
  }

  private void assertRepaired(String text) throws InterruptedException {
    PortReport report = report();
    assertThat(report.text()).isEqualTo(PORT + text);
    assertThat(report.outcome()).isEqualTo(PortReport.Outcome.REPAIRED);
    assertAsBefore();
  }

  private void assertAsBefore() throws InterruptedException {
    flood.awaitMore();
    assertThat(host.board().inspect()).isEmpty();
    assertThat(host.board().ports()).containsEntry(port.key(), port);
    assertThat(honest()).isEqualTo(1);
    assertThat(reports).isEmpty();
  }

  /** How often an honest frame arrives, and that no other ever did. */
  private int honest() {
    int foreign = 0;
    int honest = 0;
    try (RawLink sender = new RawLink(host.zone("evil"))) {
      assertThat(sender.send(indexIn(host.zone("evil")), TapEnd.frame(mac(2), mac(1)))).isTrue();
    }
    for (byte[] frame : victim.drain()) {
      foreign += OpenGuard.isForeign(frame) ? 1 : 0;
      honest += OpenGuard.isForeign(frame) ? 0 : 1;
    }
    assertThat(foreign).as("frames that the guard drops").isZero();
    return honest;
  }

  @Test
  void shouldAttachAGuardAgainThatWasDeleted() throws Exception {
    run("tc filter del dev vnic-0 ingress pref 1");
    assertRepaired("guard missing; attached again");
    assertThat(host.stats("evil/net0").drops()).containsKey("unguarded");
  }

  /** The control: where the switch does not ask for the guard's mark, the gap is an open door. */
  @Test
  void shouldBeOpenForThatMomentIfTheGuardLeavesNoMark() throws Exception {
    stop();
    host = new SwitchHost(directory, OpenGuard.strictWithoutMark());
    port = host.addQuiet("evil", 1);
    host.addQuiet("web", 2);
    watch = host.board().watch(reports::add);
    victim = new RawLink(host.zone("web"));
    flood = new Flood(host.zone("evil"));
    watch.close();
    run("tc filter del dev vnic-0 ingress pref 1");
    flood.awaitMore();
    assertThat(host.board().inspect()).hasSize(1);
    assertThat(victim.count(OpenGuard::isForeign)).isPositive();
    flood.awaitMore();
    victim.drain();
    assertAsBefore();
  }

  @Test
  void shouldAttachTheReceptionAgain() throws Exception {
    run("tc filter del dev vnic-0 egress");
    assertRepaired("reception missing; attached again");
  }

  @Test
  void shouldAttachTheSwitchAgain() throws Exception {
    run("tc filter del dev vnic-0 ingress pref 2");
    assertRepaired("switch missing; attached again");
  }

  @Test
  void shouldAttachEverythingAgainAfterTheChainWasFlushed() throws Exception {
    run("tc filter del dev vnic-0 ingress");
    assertRepaired("guard missing, switch missing; attached again");
  }

  @Test
  void shouldPutBackAQdiscThatWasDeleted() throws Exception {
    run("tc qdisc del dev vnic-0 clsact");
    assertRepaired("guard missing, reception missing, switch missing; attached again");
  }

  @Test
  void shouldClearAQdiscThatHasNoRoomForTheReception() throws Exception {
    run("tc qdisc del dev vnic-0 clsact");
    assertRepaired("guard missing, reception missing, switch missing; attached again");
    watch.close();
    run("tc qdisc del dev vnic-0 clsact");
    run("tc qdisc add dev vnic-0 ingress");
    assertThat(host.board().inspect())
        .extracting(PortReport::text)
        .containsExactly(PORT + "guard missing, reception missing, switch missing; attached again");
    assertAsBefore();
  }

  @Test
  void shouldTakeOutAFilterThatLetsEverythingPass() throws Exception {
    try (BpfProgram pass = passing()) {
      FilterPlace first = new FilterPlace(port.ifindex(), Direction.INGRESS, 1, 2);
      host.net.traffic().attach(first, "evil", pass.fd());
      assertRepaired("foreign filter 'evil'; attached again");
    }
  }

  @Test
  void shouldTakeOutAFilterThatKeepsTheGuardsPlace() throws Exception {
    watch.close();
    run("tc filter del dev vnic-0 ingress pref 1");
    run("tc filter add dev vnic-0 ingress pref 1 protocol ip handle 7 bpf bytecode 1,6=0=0=0");
    assertThat(host.board().inspect())
        .extracting(PortReport::text)
        .containsExactly(PORT + "guard missing, foreign filter ''; attached again");
    assertAsBefore();
  }

  @Test
  void shouldReplaceAProgramThatTookTheGuardsPlace() throws Exception {
    try (BpfProgram pass = passing()) {
      host.net.traffic().attach(FilterPlace.ingress(port.ifindex(), 1), "evil", pass.fd());
      assertRepaired("guard replaced; attached again");
    }
  }

  /** Lets every frame go on to whatever comes after traffic control. */
  private static BpfProgram passing() {
    return BpfProgram.load(
        new Assembler("evil").mov(Register.R0, TcAction.OK).exit().assemble(), Map.of());
  }

  @Test
  void shouldRenameBackAndSetUp() throws Exception {
    run("ip link set vnic-0 down");
    assertRepaired("down; set up");
    run("ip link set vnic-0 name stolen0");
    assertRepaired("renamed to stolen0; renamed back");
  }

  @Test
  void shouldSayIfTheNameIsTaken() throws Exception {
    watch.close();
    run("ip link set vnic-0 name stolen0");
    run("ip link add vnic-0 type veth peer name vnic-0-peer");
    PortReport report = host.board().inspect().getFirst();
    assertThat(report.outcome()).isEqualTo(PortReport.Outcome.BROKEN);
    assertThat(report.text())
        .startsWith(PORT + "renamed to stolen0; not renamed back: ")
        .contains("EEXIST");
    assertThat(honest()).isEqualTo(1);
    run("ip link del vnic-0");
    assertThat(host.board().inspect())
        .extracting(PortReport::text)
        .containsExactly(PORT + "renamed to stolen0; renamed back");
  }

  @Test
  void shouldMarkItsPortAgain() throws Exception {
    run("ip link set vnic-0 alias mine");
    assertRepaired("mark changed; marked again");
    run("ip link set vnic-0 group default");
    assertRepaired("mark changed; marked again");
  }

  @Test
  void shouldRepairManyThingsInOneGo() throws Exception {
    watch.close();
    run("ip link set vnic-0 down");
    run("ip link set vnic-0 name stolen0");
    run("tc qdisc del dev stolen0 clsact");
    assertThat(host.board().inspect())
        .extracting(PortReport::text)
        .containsExactly(
            PORT
                + "guard missing, reception missing, switch missing, renamed to stolen0, down;"
                + " attached again, renamed back, set up");
    assertAsBefore();
  }

  @Test
  void shouldReportAPortThatWasDeletedAndLetItBeMadeAgain() throws Exception {
    flood.close();
    run("ip link del vnic-0");
    assertLost();
    assertThat(host.addQuiet("evil", 1).portName()).isEqualTo("vnic-2");
    assertThat(honest()).isEqualTo(1);
  }

  @Test
  void shouldReportAPortThatWasMovedAndLetItBeMadeAgain() throws Exception {
    flood.close();
    try (NetworkNamespace elsewhere = NetworkNamespace.create();
        Rtnetlink there = Rtnetlink.open(elsewhere)) {
      host.net.links().move(port.ifindex(), elsewhere);
      assertLost();
      assertThat(host.addQuiet("evil", 1).portName()).startsWith("vnic-");
      assertThat(honest()).isEqualTo(1);
      assertThat(there.links().find("vnic-0")).as("what was left of it").isEmpty();
    }
  }

  private void assertLost() throws InterruptedException {
    PortReport report = report();
    assertThat(report.text()).isEqualTo(PORT + "gone from its namespace; it has to be made again");
    assertThat(report.outcome()).isEqualTo(PortReport.Outcome.LOST);
    assertThat(report.vnic()).contains(port.key());
    assertThat(host.board().ports()).doesNotContainKey(port.key());
    assertThat(host.guard.ports()).hasSize(1);
    assertThat(host.board().switches().get(SwitchHost.STUB))
        .isEqualTo(new SwitchFacts(SwitchHost.STUB, 9000, OptionalInt.empty(), 1));
  }

  /** As after a burst in which the kernel lost events. */
  @Test
  void shouldLookAtEveryPortWhenItStarts() throws Exception {
    watch.close();
    run("tc filter del dev vnic-0 ingress pref 1");
    run("ip link set vnic-1 down");
    watch = host.board().watch(reports::add);
    List<String> texts = new ArrayList<>(List.of(report().text(), report().text()));
    assertThat(texts)
        .containsExactlyInAnyOrder(
            PORT + "guard missing; attached again", "port vnic-1 of web/net0: down; set up");
    assertAsBefore();
  }

  @Test
  void shouldBeQuietAboutWhatTheSwitchboardDoesItself() throws Exception {
    for (int round = 0; round < 5; round++) {
      host.addQuiet("other", 5);
      assertThat(host.board().adopt(spec("other/net0", 5))).isTrue();
      host.board().removePort(VnicKey.parse("other/net0"));
    }
    host.board().setUplink(SwitchHost.STUB, indexOfLoopback());
    host.board().clearUplink(SwitchHost.STUB);
    assertThat(reports.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  private int indexOfLoopback() {
    return host.net.links().get("lo").index();
  }

  /** A port without its filters in which the host's own stack would hear a zone is shut to it. */
  @Test
  void shouldKeepTheHostsOwnStackOffAPort() throws Exception {
    for (String setting :
        List.of(
            "ipv4/conf/vnic-0/forwarding=0",
            "ipv4/conf/vnic-0/proxy_arp=0",
            "ipv4/conf/vnic-0/accept_redirects=0",
            "ipv4/conf/vnic-0/rp_filter=1",
            "ipv4/conf/vnic-0/arp_ignore=8",
            "ipv4/conf/vnic-0/drop_unicast_in_l2_multicast=1",
            "ipv6/conf/vnic-0/disable_ipv6=1")) {
      String[] parts = setting.split("=");
      Path file = Path.of("/proc/sys/net", parts[0]);
      assertThat(host.home.call(() -> Files.readString(file).trim()))
          .as(parts[0])
          .isEqualTo(parts[1]);
    }
    assertThat(host.net.addresses().list(port.ifindex())).isEmpty();
    assertThat(run("ip link show dev vnic-0")).contains("NOARP");
  }
}
