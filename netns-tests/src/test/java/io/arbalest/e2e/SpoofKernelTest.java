package io.arbalest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Privileged;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Root of a zone lies about who it is, to a neighbour on its host and to one on another host. */
@Privileged
class SpoofKernelTest {
  private static final String LAB =
      """
      lab: spoof
      hosts:
        alpha: {underlay: 192.0.2.1/24, etherstubs: [stub0]}
        beta:  {underlay: 192.0.2.2/24}
      overlays:
        blue: {vni: 42}
      zones:
        web: {host: alpha, net: [{vnic: net0, over: blue, address: [10.42.0.10/24, "fd42::10/64"] PROTECTION}, {vnic: net1, over: stub0, address: [10.43.0.10/24, "fd43::10/64"] PROTECTION}]}
        near: {host: alpha, net: [{vnic: net0, over: stub0, address: 10.43.0.20/24}]}
        db:  {host: beta, net: [{vnic: net0, over: blue, address: [10.42.0.20/24, "fd42::20/64"]}]}
      """;

  private static final Duration ARRIVES = Duration.ofSeconds(3);
  private static final Duration STAYS_AWAY = Duration.ofMillis(400);

  /** Each lie, and the one counter that moves. */
  private static final Map<String, Function<Spoof, byte[]>> LIES = lies();

  @TempDir Path folder;
  private Machine machine;
  private int round;

  @BeforeEach
  void startMachine() {
    machine = new Machine(folder);
  }

  @AfterEach
  void stopMachine() {
    machine.close();
  }

  @Test
  void shouldStopEveryLieOnItsHostAndCountIt() {
    up("none");
    for (var lie : LIES.entrySet()) {
      assertThat(arrives("net1", "spoof.near", lie.getValue(), ARRIVES))
          .as("%s arrives while protection is off", lie.getKey())
          .isTrue();
    }
    up("[mac-nospoof, restricted, ip-nospoof]");
    for (var lie : LIES.entrySet()) {
      Map<String, Long> before = drops("net1");
      assertThat(arrives("net1", "spoof.near", lie.getValue(), STAYS_AWAY))
          .as("%s arrives", lie.getKey())
          .isFalse();
      assertThat(moved(before, drops("net1"))).isEqualTo(Map.of(lie.getKey(), 1L));
    }
    assertThat(arrives("net1", "spoof.near", Spoof::honest, ARRIVES)).isTrue();
  }

  @Test
  void shouldStopEveryLieBeforeTheOverlay() {
    up("none");
    for (var lie : LIES.entrySet()) {
      // The overlay itself refuses a source MAC that its directory does not know.
      if (!lie.getKey().equals("source-mac")) {
        assertThat(arrives("net0", "spoof.db", lie.getValue(), ARRIVES))
            .as("%s arrives while protection is off", lie.getKey())
            .isTrue();
      }
    }
    up("[mac-nospoof, restricted, ip-nospoof]");
    for (var lie : LIES.entrySet()) {
      Map<String, Long> before = drops("net0");
      assertThat(arrives("net0", "spoof.db", lie.getValue(), STAYS_AWAY))
          .as("%s arrives", lie.getKey())
          .isFalse();
      assertThat(moved(before, drops("net0"))).isEqualTo(Map.of(lie.getKey(), 1L));
    }
    assertThat(arrives("net0", "spoof.db", Spoof::honest, ARRIVES)).isTrue();
  }

  private static Map<String, Function<Spoof, byte[]>> lies() {
    Map<String, Function<Spoof, byte[]>> lies = new LinkedHashMap<>();
    lies.put("source-mac", Spoof::foreignMac);
    lies.put("ipv4-source", Spoof::foreignIpv4);
    lies.put("ipv6-source", Spoof::foreignIpv6);
    lies.put("arp-sender-ip", Spoof::foreignArpSender);
    lies.put("nd-target", Spoof::foreignNaTarget);
    return lies;
  }

  private void up(String protection) {
    String text = LAB.replace("PROTECTION", ", protection: " + protection);
    machine.run("lab", "up", machine.file("spoof.yaml", text).toString()).orFail();
  }

  private boolean arrives(
      String from, String victim, Function<Spoof, byte[]> lie, Duration patience) {
    String net = from.equals("net0") ? "42" : "43";
    Spoof spoof =
        new Spoof(
            mac(from),
            InetAddress.ofLiteral("10." + net + ".0.10"),
            InetAddress.ofLiteral("fd" + net + "::10"),
            "arbalest-marker-" + round++);
    try (FrameSocket attacker = FrameSocket.open("spoof.web", from);
        FrameSocket target = FrameSocket.open(victim, "net0")) {
      attacker.send(lie.apply(spoof));
      return target.receives(spoof.markerBytes(), patience);
    }
  }

  private static MacAddress mac(String vnic) {
    try (NetworkNamespace zone = NetworkNamespace.open(Path.of("/run/netns/spoof.web"));
        Rtnetlink kernel = Rtnetlink.open(zone)) {
      return kernel.links().get(vnic).mac().orElseThrow();
    }
  }

  private Map<String, Long> drops(String vnic) {
    String json =
        machine.run("--host", "alpha", "dladm", "show-link", "-s", "--json").orFail().out();
    Map<String, Long> drops = new TreeMap<>();
    for (JsonNode row : JsonMapper.shared().readTree(json)) {
      if (row.path("link").asString().equals(vnic) && row.path("zone").asString("").equals("web")) {
        row.path("drops").properties().forEach(e -> drops.put(e.getKey(), e.getValue().asLong()));
      }
    }
    return drops;
  }

  /** Every counter that is not what it was, by how much. */
  private static Map<String, Long> moved(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> moved = new TreeMap<>();
    after.forEach(
        (name, value) -> {
          long change = value - before.getOrDefault(name, 0L);
          if (change != 0) {
            moved.put(name, change);
          }
        });
    return moved;
  }
}
