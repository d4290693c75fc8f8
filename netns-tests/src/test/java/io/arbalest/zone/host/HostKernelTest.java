package io.arbalest.zone.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.icmp.Ping;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.rtnetlink.VethPair;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.PortFacts;
import io.arbalest.vnic.VnicKey;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Zone;
import io.arbalest.zone.ZoneException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@Privileged
@Timeout(120)
class HostKernelTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path temp;

  private HostFixture fixture;

  @BeforeEach
  void open() {
    fixture = new HostFixture(temp, "alpha").settle();
  }

  @AfterEach
  void close() {
    fixture.close();
    assertThat(temp.resolve("run/" + fixture.instance().name() + "/bpf")).doesNotExist();
    assertThat(fixture.instance().state()).doesNotExist();
  }

  private Host host() {
    return fixture.host();
  }

  private boolean pings(int from, InetAddress to) {
    Zone zone = host().zone(Stars.zone(from)).orElseThrow();
    return zone.call(
        () -> {
          try (Ping ping = Ping.open(to)) {
            return ping.echo(Duration.ofSeconds(2)).isPresent();
          }
        });
  }

  private Map<VnicKey, Integer> indexes() {
    return host().switchboard().ports().values().stream()
        .collect(Collectors.toMap(PortFacts::key, PortFacts::ifindex, (a, b) -> a, TreeMap::new));
  }

  private Map<String, Long> namespaces() {
    return host().zones().stream()
        .collect(Collectors.toMap(z -> z.name().text(), z -> z.network().inode()));
  }

  @Test
  void shouldLetZonesOfASwitchTalkAtOnceOnBothFamilies() {
    fixture.converge(Stars.of(2));
    assertThat(pings(0, Stars.ipv4(1))).isTrue();
    assertThat(pings(1, Stars.ipv6(0))).isTrue();
    assertThat(host().isEmpty()).isFalse();
    assertThat(host().problems()).isEmpty();
  }

  @Test
  void shouldCreateAndDeleteObjectsOneByOne() {
    host().createEtherstub(Stars.STUB);
    host().createZone(Stars.zoneSpec(0));
    host().createVnic(Stars.vnic(0));
    host().setAddresses(Stars.key(0), List.of(Stars.prefix4(0)));
    assertThatThrownBy(() -> host().createVnic(Stars.vnic(0)))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("object already exists");
    assertThatThrownBy(() -> host().deleteEtherstub(Stars.STUB.name()))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("link busy");
    host().deleteVnic(Stars.key(0));
    assertThat(host().switchboard().ports()).isEmpty();
    host().deleteZone(Stars.zone(0));
    host().deleteEtherstub(Stars.STUB.name());
    assertThat(host().isEmpty()).isTrue();
  }

  @Test
  void shouldRestartWithoutTouchingWhatIsRight() {
    fixture.converge(Stars.of(5));
    Map<VnicKey, Integer> indexes = indexes();
    Map<String, Long> namespaces = namespaces();
    HostSpec desired = host().desired();
    fixture.restart();
    assertThat(indexes()).isEqualTo(indexes);
    assertThat(namespaces()).isEqualTo(namespaces);
    assertThat(host().desired()).isEqualTo(desired);
    assertThat(host().problems()).isEmpty();
    assertThat(pings(0, Stars.ipv4(4))).isTrue();
  }

  @Test
  void shouldConvergeAgainWithoutTouchingWhatIsRight() {
    fixture.converge(Stars.of(3));
    Map<VnicKey, Integer> indexes = indexes();
    fixture.converge(Stars.of(4));
    assertThat(indexes()).containsAllEntriesOf(indexes).hasSize(4);
    fixture.converge(Stars.of(2));
    assertThat(indexes()).hasSize(2);
    assertThat(namespaces()).containsOnlyKeys("z0", "z1");
  }

  @Test
  void shouldRepairWhatSomebodyBrokeAndNothingElse() {
    fixture.converge(Stars.of(3));
    Map<VnicKey, Integer> before = indexes();
    try (Rtnetlink kernel = Rtnetlink.open(fixture.namespace())) {
      kernel.links().delete(requireNonNull(before.get(Stars.key(0))));
      kernel.links().setDown(requireNonNull(before.get(Stars.key(1))));
    }
    fixture.converge(Stars.of(3));
    Map<VnicKey, Integer> after = indexes();
    assertThat(after).containsEntry(Stars.key(2), before.get(Stars.key(2)));
    assertThat(pings(0, Stars.ipv4(1))).isTrue();
    assertThat(pings(1, Stars.ipv4(2))).isTrue();
  }

  @Test
  void shouldUndoEverythingWhenAStepFails() {
    fixture.converge(Stars.of(1));
    HostSpec before = host().desired();
    Map<VnicKey, Integer> indexes = indexes();
    Path foreign = fixture.instance().netnsPin("z2");
    try (NetworkNamespace theirs = NetworkNamespace.create()) {
      theirs.pin(foreign);
      assertThatThrownBy(() -> fixture.converge(Stars.of(3)))
          .hasMessageContaining("create zone z2")
          .hasMessageContaining(foreign.toString())
          .hasCauseInstanceOf(ZoneException.class);
      assertThat(NetworkNamespace.isPinned(foreign)).isTrue();
    } finally {
      NetworkNamespace.unpin(foreign);
    }
    assertThat(host().desired()).isEqualTo(before);
    assertThat(indexes()).isEqualTo(indexes);
    assertThat(namespaces()).containsOnlyKeys("z0");
    fixture.restart();
    assertThat(host().desired()).isEqualTo(before);
  }

  @Test
  void shouldRemoveWhatIsOursAndNoLongerStoredButNothingForeign() throws Exception {
    fixture.converge(Stars.of(2));
    host().close();
    Files.delete(fixture.instance().state().resolve("vnics/z1@net0.json"));
    Files.delete(fixture.instance().state().resolve("addresses/z1@net0.json"));
    Files.delete(fixture.instance().state().resolve("zones/z1.json"));
    try (Rtnetlink kernel = Rtnetlink.open(fixture.namespace())) {
      Link foreign =
          kernel
              .links()
              .createVeth(new VethPair(NewLink.named("vnic-77"), NewLink.named("foreign0")));
      fixture.restart();
      assertThat(indexes()).containsOnlyKeys(Stars.key(0));
      assertThat(namespaces()).containsOnlyKeys("z0");
      assertThat(fixture.instance().netnsPin("z1")).doesNotExist();
      assertThat(kernel.links().find(foreign.index())).isPresent();
    }
  }

  @Test
  void shouldHoldTheKernelWhenTheStoreIsEmptyOrUnreadable() throws Exception {
    fixture.converge(Stars.of(2));
    Map<VnicKey, Integer> indexes = indexes();
    host().close();
    Path zone = fixture.instance().state().resolve("zones/z1.json");
    Files.writeString(zone, "{");
    fixture.restart();
    assertThat(indexes()).isEqualTo(indexes);
    assertThat(host().problems())
        .anySatisfy(p -> assertThat(p).contains("zones/z1.json.set-aside-1"))
        .anySatisfy(p -> assertThat(p).startsWith("held").contains("vnic z1/net0"));
    assertThat(pings(0, Stars.ipv4(1))).isTrue();
    host().close();
    try (var files = Files.walk(fixture.instance().state())) {
      files.filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
    }
    fixture.restart();
    assertThat(indexes()).isEqualTo(indexes);
    assertThat(host().desired().isEmpty()).isTrue();
    assertThat(host().isEmpty()).isFalse();
    fixture.converge(HostSpec.EMPTY);
    assertThat(host().isEmpty()).isTrue();
  }

  @Test
  void shouldMoveAddressesInPlace() {
    fixture.converge(Stars.of(2));
    Map<VnicKey, Integer> indexes = indexes();
    IpPrefix other = Stars.prefix6(0);
    host().setAddresses(Stars.key(0), List.of(other));
    assertThat(pings(1, Stars.ipv6(0))).isTrue();
    assertThat(indexes()).isEqualTo(indexes);
    assertThat(pings(1, Stars.ipv4(0))).isFalse();
  }
}
