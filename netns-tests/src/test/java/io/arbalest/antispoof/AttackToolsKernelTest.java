package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.testing.Privileged;
import io.arbalest.testing.TestZone;
import io.arbalest.testing.Zones;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hostile zone runs the attack tools of a distribution against a neighbour. */
@Privileged
class AttackToolsKernelTest {
  private static final long MILLIS = 8000;
  private static final long STEP = 100;

  /** So long a tool goes on after the counters are as expected. */
  private static final long AFTER = 300;

  @RegisterExtension final Zones zones = new Zones();
  @TempDir private Path directory;

  static List<Attack> attacks() {
    return Attack.all();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void shouldHarmWithoutProtectionAndNotWithIt(Attack attack)
      throws IOException, InterruptedException {
    try (Village village = new Village(directory, Village.OPEN)) {
      assertThat(run(attack, village, () -> attack.harmed().test(village)))
          .as("harm without protection")
          .isTrue();
    }
    try (Village village = new Village(directory, Village.PROTECTED)) {
      run(attack, village, () -> village.moved().keySet().equals(attack.drops()));
      assertThat(village.moved().keySet()).isEqualTo(attack.drops());
      assertThat(attack.harmed().test(village)).as("harm with protection").isFalse();
      assertThat(village.pings(Village.WEB, Village.ipv4(Village.GATE))).isTrue();
      assertThat(village.pings(Village.WEB, Village.ipv6(Village.GATE))).isTrue();
    }
  }

  /** Runs the tool until something has come about, and a little longer, or for eight seconds. */
  private static boolean run(Attack attack, Village village, BooleanSupplier done)
      throws IOException, InterruptedException {
    village.rest();
    attack.prepare().accept(village);
    try (AttackTool _ = AttackTool.start(village.zone(Village.EVIL), attack.command())) {
      for (long waited = 0; waited < MILLIS && !done.getAsBoolean(); waited += STEP) {
        attack.provoke().accept(village);
        Thread.sleep(STEP);
      }
      Thread.sleep(AFTER);
      return done.getAsBoolean();
    }
  }

  /**
   * Linux looks through tags of VLAN 0, so on a plain wire the lie is believed. The switch takes no
   * tagged frame, whether protection is on or not, and protection says why it does not.
   */
  @ParameterizedTest
  @ValueSource(strings = {"8100 0000", "8100 0000 8100 0000", "88a8 0000"})
  void shouldStopWhatHidesBehindTags(String tags) throws IOException, InterruptedException {
    List<String> command = tagged(HexFormat.of().parseHex(tags.replace(" ", "")));
    assertThat(believedOnAPlainWire(command)).isTrue();
    for (Set<String> modes : List.of(Village.OPEN, Village.PROTECTED)) {
      try (Village village = new Village(directory, modes)) {
        village.pings(Village.WEB, Village.ipv4(Village.GATE));
        try (AttackTool tool = AttackTool.start(village.zone(Village.EVIL), command)) {
          tool.awaitEnd();
        }
        assertThat(village.victim().macOf(Village.ipv4(Village.GATE)))
            .contains(Village.mac(Village.GATE));
        assertThat(village.allDrops()).isEqualTo(Map.of("vlan-tag", 5L));
      }
    }
  }

  /** An ARP reply that says that the gate is here; the tool itself makes no tagged ARP. */
  private static List<String> tagged(byte[] tags) {
    byte[] claim =
        Frames.join(
            Village.mac(Village.WEB).toBytes(),
            Village.mac(Village.EVIL).toBytes(),
            tags,
            Frames.u16(Frames.ARP),
            Frames.arp(2, Village.mac(Village.EVIL), "10.9.0.3", "10.9.0.2"));
    String hex = HexFormat.ofDelimiter(":").formatHex(claim);
    return List.of("mausezahn", "net0", "-c", "5", "-d", "300m", hex);
  }

  private boolean believedOnAPlainWire(List<String> command)
      throws IOException, InterruptedException {
    TestZone evil = zones.zone("evil");
    TestZone web = zones.zone("web");
    zones.wire(evil.end("net0", "10.9.0.1/24"), web.end("net0", "10.9.0.2/24"));
    Resident victim = new Resident(web.network());
    victim.setMac(Village.mac(Village.WEB));
    victim.place(Village.ipv4(Village.GATE), Village.mac(Village.GATE));
    try (AttackTool tool = AttackTool.start(evil.network(), command)) {
      tool.awaitEnd();
    }
    return victim
        .macOf(Village.ipv4(Village.GATE))
        .filter(Village.mac(Village.EVIL)::equals)
        .isPresent();
  }
}
