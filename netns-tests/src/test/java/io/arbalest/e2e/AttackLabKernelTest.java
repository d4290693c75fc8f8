package io.arbalest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.AttackTool;
import io.arbalest.antispoof.Resident;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hostile zone runs attack tools against a zone on another host, through the overlay. */
@Privileged
class AttackLabKernelTest {
  private static final String LAB =
      """
      lab: attack
      hosts:
        alpha: {underlay: 192.0.2.1/24}
        beta:  {underlay: 192.0.2.2/24}
      overlays:
        blue: {vni: 42}
      zones:
        evil: {host: alpha, net: [{vnic: net0, over: blue, address: [10.42.0.10/24, "fd42::10/64"], protection: PROTECTION}]}
        web:  {host: beta, net: [{vnic: net0, over: blue, address: [10.42.0.20/24, "fd42::20/64"]}]}
        gate: {host: beta, net: [{vnic: net0, over: blue, address: [10.42.0.30/24, "fd42::30/64"]}]}
      """;

  private static final InetAddress GATE = InetAddress.ofLiteral("10.42.0.30");
  private static final long MILLIS = 8000;
  private static final long STEP = 100;

  @TempDir Path folder;
  private Machine machine;

  @BeforeEach
  void startMachine() {
    machine = new Machine(folder);
  }

  @AfterEach
  void stopMachine() {
    machine.close();
  }

  @Test
  void shouldKeepTheNeighboursOfAnotherHostRight() throws IOException, InterruptedException {
    up("none");
    assertThat(harms(MILLIS)).as("harm without protection").containsExactly("ARP", "router");
    machine.run("lab", "down").orFail();
    machine.awaitDaemonLeft();
    machine.restartDaemon();
    up("[mac-nospoof, restricted, ip-nospoof]");
    Map<String, Long> before = drops();
    assertThat(harms(MILLIS / 3)).as("harm with protection").isEmpty();
    Map<String, Long> after = drops();
    after.replaceAll((reason, count) -> count - before.getOrDefault(reason, 0L));
    after.values().removeIf(count -> count == 0);
    assertThat(after.keySet()).containsExactly("arp-sender-ip", "nd-router-advertisement");
  }

  private void up(String protection) {
    String text = LAB.replace("PROTECTION", protection);
    machine.run("lab", "up", machine.file("attack.yaml", text).toString()).orFail();
    machine.run("lab", "ping").orFail();
  }

  private Map<String, Long> drops() {
    String json =
        machine.run("--host", "alpha", "dladm", "show-link", "-s", "--json").orFail().out();
    Map<String, Long> drops = new TreeMap<>();
    for (JsonNode row : JsonMapper.shared().readTree(json)) {
      if (row.path("zone").asString("").equals("evil")) {
        row.path("drops").properties().forEach(e -> drops.put(e.getKey(), e.getValue().asLong()));
      }
    }
    return drops;
  }

  /** Which of the tools' lies the victim believes. */
  private static List<String> harms(long patience) throws IOException, InterruptedException {
    List<String> harms = new ArrayList<>();
    try (NetworkNamespace evil = namespace("evil");
        NetworkNamespace web = namespace("web")) {
      MacAddress mac = link(evil).mac().orElseThrow();
      Resident victim = new Resident(web);
      List<String> claim = words("arpspoof -i net0 -t 10.42.0.20 10.42.0.30");
      if (runs(evil, claim, patience, () -> victim.macOf(GATE).filter(mac::equals).isPresent())) {
        harms.add("ARP");
      }
      List<String> router = words("atk6-fake_router6 net0 2001:db8:bad::/64");
      if (runs(evil, router, patience, () -> !victim.defaultRouters().isEmpty())) {
        harms.add("router");
      }
    }
    return harms;
  }

  private static boolean runs(
      NetworkNamespace evil, List<String> command, long patience, BooleanSupplier harmed)
      throws IOException, InterruptedException {
    try (AttackTool _ = AttackTool.start(evil, command)) {
      for (long waited = 0; waited < patience && !harmed.getAsBoolean(); waited += STEP) {
        Thread.sleep(STEP);
      }
      return harmed.getAsBoolean();
    }
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  private static NetworkNamespace namespace(String zone) {
    return NetworkNamespace.open(Path.of("/run/netns/attack." + zone));
  }

  private static Link link(NetworkNamespace zone) {
    try (Rtnetlink kernel = Rtnetlink.open(zone)) {
      return kernel.links().get("net0");
    }
  }
}
