package io.arbalest.vnic;

import static io.arbalest.vnic.SwitchHost.STUB;
import static io.arbalest.vnic.SwitchHost.mac;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** Zones that are reached by more addresses than one, and virtual routers that move. */
@Privileged
class MoreMacsKernelTest {
  private static final MacAddress SECOND = MacAddress.parse("2:8:20:0:1:1");
  private static final MacAddress THIRD = MacAddress.parse("2:8:20:0:1:2");
  private static final MacAddress ROUTER = MacAddress.parse("0:0:5e:0:1:7");
  private static final MacAddress ROUTER6 = MacAddress.parse("0:0:5e:0:2:7");
  private static final int VRID = 7;

  @TempDir private Path directory;
  private SwitchHost host;

  @BeforeEach
  void start() {
    host = new SwitchHost(directory);
    host.add("client", 9);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private static VnicSpec spec(String zone, int number, List<MacAddress> macs, Set<Integer> vrrp) {
    Grants grants = new Grants(Set.of(), macs, vrrp, List.of());
    return new VnicSpec(
        VnicKey.parse(zone + "/net0"),
        STUB,
        MacAssignment.fixed(mac(number)),
        OptionalInt.of(1500),
        new ProtectionSpec(Set.of(), List.of(), Set.of(), Clients.OWN, grants, Reception.OPEN));
  }

  private void add(VnicSpec spec) {
    host.board().addPort(spec, host.zone(spec.key().zone().orElseThrow().text()));
  }

  private void send(String zone, MacAddress to, MacAddress from) {
    try (RawLink sender = new RawLink(host.zone(zone));
        Rtnetlink inside = Rtnetlink.open(host.zone(zone))) {
      int link = inside.links().get("net0").index();
      assertThat(sender.send(link, TapEnd.frame(to, from))).isTrue();
    }
  }

  /** Which of the zones hears a frame that the client sends to an address. */
  private List<String> reached(MacAddress to, String... zones) {
    return List.of(zones).stream().filter(zone -> hears(zone, to)).toList();
  }

  private boolean hears(String zone, MacAddress to) {
    try (RawLink receiver = new RawLink(host.zone(zone))) {
      send("client", to, mac(9));
      return receiver.count(TapEnd.to(to)) == 1;
    }
  }

  @Test
  void shouldReachAZoneByItsSecondaryAddresses() {
    add(spec("web", 1, List.of(), Set.of()));
    assertThat(reached(SECOND, "web")).isEmpty();
    assertThat(host.stats("client/net0").drops()).containsEntry("unknown-unicast", 1L);
    assertThat(host.board().adopt(spec("web", 1, List.of(SECOND, THIRD), Set.of()))).isTrue();
    for (MacAddress each : List.of(mac(1), SECOND, THIRD)) {
      assertThat(reached(each, "web")).as("%s", each).containsExactly("web");
    }
    assertThat(host.board().adopt(spec("web", 1, List.of(THIRD), Set.of()))).isTrue();
    assertThat(reached(SECOND, "web")).isEmpty();
    assertThat(reached(THIRD, "web")).containsExactly("web");
    host.board().removePort(VnicKey.parse("web/net0"));
    add(spec("db", 1, List.of(THIRD), Set.of()));
    assertThat(reached(THIRD, "db")).containsExactly("db");
  }

  @Test
  void shouldRefuseAnAddressThatAnotherHas() {
    add(spec("web", 1, List.of(SECOND), Set.of(VRID)));
    VnicSpec primary =
        new VnicSpec(
            VnicKey.parse("db/net0"),
            STUB,
            MacAssignment.fixed(SECOND),
            OptionalInt.empty(),
            ProtectionSpec.NONE);
    assertInUse(() -> add(primary), SECOND);
    assertInUse(() -> add(spec("db", 2, List.of(SECOND), Set.of())), SECOND);
    assertInUse(() -> add(spec("db", 2, List.of(mac(1)), Set.of())), mac(1));
    assertInUse(() -> add(spec("db", 2, List.of(ROUTER), Set.of())), ROUTER);
    assertThat(host.links()).containsExactly("lo", "vnic-0", "vnic-1");
    add(spec("db", 2, List.of(THIRD), Set.of(VRID)));
    assertInUse(() -> host.board().adopt(spec("db", 2, List.of(SECOND), Set.of())), SECOND);
    assertThat(reached(THIRD, "web", "db")).as("as before").containsExactly("db");
  }

  private static void assertInUse(Runnable action, MacAddress mac) {
    assertThatThrownBy(action::run)
        .isInstanceOf(LinkException.class)
        .hasMessage("MAC address is already in use: " + mac + " over stub0");
  }

  @Test
  void shouldLetAVirtualRouterFollowWhoSendsFromIt() {
    add(spec("one", 1, List.of(), Set.of(VRID)));
    add(spec("two", 2, List.of(), Set.of(VRID)));
    assertThat(reached(ROUTER, "one", "two")).as("at first").containsExactly("one");
    send("two", MacAddress.BROADCAST, ROUTER);
    assertThat(reached(ROUTER, "one", "two")).containsExactly("two");
    assertThat(reached(ROUTER6, "one", "two")).as("IPv6 apart").containsExactly("one");
    send("one", mac(9), ROUTER);
    assertThat(reached(ROUTER, "one", "two")).as("by unicast too").containsExactly("one");
  }

  @Test
  void shouldLetNobodyTakeAnAddressWithoutTheGrant() {
    add(spec("one", 1, List.of(SECOND), Set.of(VRID)));
    add(spec("thief", 2, List.of(), Set.of()));
    add(spec("other", 3, List.of(), Set.of(8)));
    for (String zone : List.of("thief", "other")) {
      for (MacAddress stolen : List.of(ROUTER, ROUTER6, SECOND, mac(1))) {
        send(zone, MacAddress.BROADCAST, stolen);
        assertThat(reached(stolen, "one", zone)).as("%s", stolen).containsExactly("one");
      }
    }
  }

  @Test
  void shouldNotLeaveTheAddressOfAMasterThatWentAway() {
    add(spec("one", 1, List.of(), Set.of(VRID)));
    add(spec("two", 2, List.of(), Set.of(VRID)));
    send("two", MacAddress.BROADCAST, ROUTER);
    host.board().removePort(VnicKey.parse("two/net0"));
    assertThat(reached(ROUTER, "one")).as("the other that may have it").containsExactly("one");
    host.board().removePort(VnicKey.parse("one/net0"));
    long unknown = host.stats("client/net0").drops().getOrDefault("unknown-unicast", 0L);
    send("client", ROUTER, mac(9));
    assertThat(host.stats("client/net0").drops()).containsEntry("unknown-unicast", unknown + 1);
  }

  @Test
  void shouldTakeTheGrantBackWhileTheZoneSends() {
    add(spec("one", 1, List.of(), Set.of(VRID)));
    add(spec("two", 2, List.of(), Set.of(VRID)));
    send("two", MacAddress.BROADCAST, ROUTER);
    assertThat(host.board().adopt(spec("two", 2, List.of(), Set.of()))).isTrue();
    assertThat(reached(ROUTER, "one", "two")).containsExactly("one");
    send("two", MacAddress.BROADCAST, ROUTER);
    assertThat(reached(ROUTER, "one", "two")).containsExactly("one");
  }

  @Test
  void shouldKeepAllAddressesOverARestart() {
    add(spec("one", 1, List.of(SECOND), Set.of(VRID)));
    add(spec("two", 2, List.of(), Set.of(VRID)));
    send("two", MacAddress.BROADCAST, ROUTER);
    host.restart();
    assertThat(host.board().sweep()).isZero();
    assertThat(host.board().adopt(spec("one", 1, List.of(SECOND), Set.of(VRID)))).isTrue();
    assertThat(host.board().adopt(spec("two", 2, List.of(), Set.of(VRID)))).isTrue();
    assertThat(reached(SECOND, "one")).containsExactly("one");
    assertThat(reached(ROUTER, "one", "two")).containsExactly("two");
  }
}
