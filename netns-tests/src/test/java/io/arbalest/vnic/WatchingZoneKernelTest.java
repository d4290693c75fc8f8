package io.arbalest.vnic;

import static io.arbalest.vnic.SwitchHost.STUB;
import static io.arbalest.vnic.SwitchHost.mac;
import static io.arbalest.vnic.SwitchHost.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.ProtectionSpec.Clients;
import io.arbalest.vnic.ProtectionSpec.Grants;
import io.arbalest.vnic.ProtectionSpec.Reception;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a promiscuous zone sees: its own frames, or all that its switch carries. */
@Privileged
class WatchingZoneKernelTest {
  private static final MacAddress REMOTE = MacAddress.parse("2:8:20:aa:0:1");
  private static final MacAddress GROUP = MacAddress.parse("1:0:5e:1:2:3");

  @TempDir private Path directory;
  private SwitchHost host;
  private TapEnd tap;

  @BeforeEach
  void start() {
    host = new SwitchHost(directory);
    host.add("web", 1);
    host.add("db", 2);
    host.add("spy", 3);
    tap = new TapEnd(host, "up0");
    host.board().setUplink(STUB, tap.ifindex());
  }

  @AfterEach
  void stop() {
    tap.close();
    host.close();
  }

  private static VnicSpec spy(boolean filtered) {
    VnicSpec plain = spec("spy/net0", 3);
    Reception reception = new Reception(Set.of(), List.of(), filtered);
    return new VnicSpec(
        plain.key(),
        STUB,
        plain.mac(),
        OptionalInt.of(1500),
        new ProtectionSpec(Set.of(), List.of(), Set.of(), Clients.OWN, Grants.NONE, reception));
  }

  private void watch(boolean watches) {
    assertThat(host.board().adopt(spy(!watches))).isTrue();
  }

  private void send(String zone, MacAddress to, MacAddress from) {
    try (RawLink sender = new RawLink(host.zone(zone));
        Rtnetlink inside = Rtnetlink.open(host.zone(zone))) {
      int link = inside.links().get("net0").index();
      assertThat(sender.send(link, TapEnd.frame(to, from))).isTrue();
    }
  }

  private interface Sending {
    void send();
  }

  /** How often a zone hears a frame for an address. */
  private int heard(String zone, MacAddress to, Sending sending) {
    try (RawLink receiver = new RawLink(host.zone(zone))) {
      sending.send();
      return receiver.count(
          TapEnd.to(to).and(frame -> (frame[12] & 0xff) == TapEnd.EXPERIMENT >> 8));
    }
  }

  private List<Integer> heardBySpy() {
    return List.of(
        heard("spy", mac(2), () -> send("web", mac(2), mac(1))),
        heard("spy", REMOTE, () -> send("web", REMOTE, mac(1))),
        heard("spy", mac(1), () -> tap.write(TapEnd.frame(mac(1), REMOTE))),
        heard("spy", mac(3), () -> send("web", mac(3), mac(1))),
        heard("spy", GROUP, () -> send("web", GROUP, mac(1))),
        heard("spy", mac(2), () -> send("spy", mac(2), mac(3))));
  }

  @Test
  void shouldShowAZoneItsOwnFramesOnly() {
    assertThat(heardBySpy()).containsExactly(0, 0, 0, 1, 1, 1);
  }

  @Test
  void shouldShowAWatchingZoneEverythingOnce() throws InterruptedException {
    watch(true);
    long in = host.stats("spy/net0").in().packets();
    assertThat(heardBySpy()).containsExactly(1, 1, 1, 1, 1, 1);
    assertThat(host.stats("spy/net0").in().packets() - in).isGreaterThanOrEqualTo(5);
    assertThat(tap.read(TapEnd.to(REMOTE))).as("the frame itself goes its way").isPresent();
    watch(false);
    assertThat(heardBySpy()).containsExactly(0, 0, 0, 1, 1, 1);
  }

  @Test
  void shouldDeliverToTheOthersAsBefore() {
    watch(true);
    assertThat(heard("db", mac(2), () -> send("web", mac(2), mac(1)))).isEqualTo(1);
    assertThat(heard("db", mac(1), () -> tap.write(TapEnd.frame(mac(1), REMOTE)))).isZero();
    assertThat(heard("web", mac(1), () -> tap.write(TapEnd.frame(mac(1), REMOTE)))).isEqualTo(1);
  }

  @Test
  void shouldKnowOfTheWatcherWhateverJoinsLater() {
    host.board().removePort(spy(true).key());
    host.board().addPort(spy(false), host.zone("spy"));
    host.add("late", 4);
    assertThat(heard("spy", mac(2), () -> send("late", mac(2), mac(4)))).isEqualTo(1);
    host.restart();
    assertThat(heard("spy", mac(4), () -> send("db", mac(4), mac(2)))).isEqualTo(1);
    host.board().removePort(spy(true).key());
    host.add("spy", 3);
    assertThat(heard("spy", mac(4), () -> send("db", mac(4), mac(2)))).isZero();
  }
}
