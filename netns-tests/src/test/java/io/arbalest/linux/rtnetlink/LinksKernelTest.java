package io.arbalest.linux.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.testing.Privileged;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Privileged
class LinksKernelTest {
  private NetworkNamespace host;
  private NetworkNamespace zone;
  private Rtnetlink hostNet;
  private Rtnetlink zoneNet;

  @BeforeEach
  void open() {
    host = NetworkNamespace.create();
    zone = NetworkNamespace.create();
    hostNet = Rtnetlink.open(host);
    zoneNet = Rtnetlink.open(zone);
  }

  @AfterEach
  void close() {
    zoneNet.close();
    hostNet.close();
    zone.close();
    host.close();
  }

  private VethPair pair() {
    NewLink near =
        NewLink.named("vnic0")
            .withMac(MacAddress.parse("2:8:20:0:0:1"))
            .withMtu(1450)
            .withGroup(77)
            .withMaxAggregate(61_000)
            .withAlias("arbalest:kt:vnic:web/net0");
    NewLink peer =
        NewLink.named("net0")
            .in(zone)
            .withMac(MacAddress.parse("2:8:20:0:0:2"))
            .withMtu(1450)
            .withMaxAggregate(61_000)
            .withTxQueueLength(500)
            .withAlias("given to web");
    return new VethPair(near, peer);
  }

  @Test
  void shouldMakeBothEndsOfACableInTheirNamespaces() {
    Link port = hostNet.links().createVeth(pair());
    Link end = zoneNet.links().get("net0");
    assertThat(port.name()).isEqualTo("vnic0");
    assertThat(port.kind()).isEqualTo(new LinkKind.Veth());
    assertThat(port.mac()).contains(MacAddress.parse("2:8:20:0:0:1"));
    assertThat(port.mtu()).isEqualTo(1450);
    assertThat(port.group()).isEqualTo(77);
    assertThat(port.gsoMaxSize()).isEqualTo(61_000);
    assertThat(port.alias()).contains("arbalest:kt:vnic:web/net0");
    assertThat(port.linkIndex()).hasValue(end.index());
    assertThat(port.linkNetnsId()).isPresent();
    assertThat(port.up()).isFalse();
    assertThat(end.mac()).contains(MacAddress.parse("2:8:20:0:0:2"));
    assertThat(end.gsoMaxSize()).isEqualTo(61_000);
    assertThat(end.txQueueLength()).isEqualTo(500);
    assertThat(end.alias()).contains("given to web");
    assertThat(end.linkIndex()).hasValue(port.index());
    assertThat(hostNet.links().find("net0")).isEmpty();
    assertThat(zoneNet.links().list()).extracting(Link::name).containsExactly("lo", "net0");
  }

  @Test
  void shouldPlaceTheNearEndElsewhereToo() {
    VethPair elsewhere =
        new VethPair(NewLink.named("a").in(zone).withAlias("mine"), NewLink.named("b"));
    Link a = hostNet.links().createVeth(elsewhere);
    assertThat(zoneNet.links().get("a")).isEqualTo(a);
    assertThat(a.alias()).contains("mine");
    assertThat(hostNet.links().get("b").linkIndex()).hasValue(a.index());
  }

  @Test
  void shouldLeaveNoCableWhenItsAliasIsRefused() {
    NewLink near = NewLink.named("vnic0").withAlias("x".repeat(300));
    VethPair pair = new VethPair(near, NewLink.named("net0").in(zone));
    assertFails(() -> hostNet.links().createVeth(pair), Errno.ERANGE);
    assertThat(hostNet.links().find("vnic0")).isEmpty();
    assertThat(zoneNet.links().find("net0")).isEmpty();
  }

  @Test
  void shouldNotTouchALinkThatHasTheName() {
    Link first = hostNet.links().createVeth(pair());
    assertFails(() -> hostNet.links().createVeth(pair()), Errno.EEXIST);
    assertThat(hostNet.links().get("vnic0")).isEqualTo(first);
  }

  @Test
  void shouldChangeALink() {
    Links links = hostNet.links();
    int index = links.createVeth(pair()).index();
    links.setMtu(index, 1400);
    links.setAddress(index, MacAddress.parse("2:8:20:0:0:9"));
    links.setAlias(index, "other");
    links.addAltName(index, "web/net0");
    links.addAltName(index, "zone-with-a-long-name/net0");
    links.setMaxAggregate(index, 40_000);
    links.setUp(index);
    Link changed = links.get(index);
    assertThat(changed.mtu()).isEqualTo(1400);
    assertThat(changed.mac()).contains(MacAddress.parse("2:8:20:0:0:9"));
    assertThat(changed.alias()).contains("other");
    assertThat(changed.altNames()).containsExactly("web/net0", "zone-with-a-long-name/net0");
    assertThat(changed.gsoMaxSize()).isEqualTo(40_000);
    assertThat(changed.up()).isTrue();
    assertThat(changed.running()).isFalse();
    assertThat(links.get("web/net0").index()).isEqualTo(index);
    assertThat(links.get("zone-with-a-long-name/net0").index()).isEqualTo(index);

    links.removeAltName(index, "web/net0");
    links.setAlias(index, "");
    links.setDown(index);
    links.rename(index, "vnic9");
    Link again = links.get("vnic9");
    assertThat(again.index()).isEqualTo(index);
    assertThat(again.altNames()).containsExactly("zone-with-a-long-name/net0");
    assertThat(again.alias()).isEmpty();
    assertThat(again.up()).isFalse();
  }

  @Test
  void shouldRunOnceBothEndsAreUp() {
    Link port = hostNet.links().createVeth(pair());
    hostNet.links().setUp(port.index());
    zoneNet.links().setUp(zoneNet.links().get("net0").index());
    assertThat(hostNet.links().get(port.index()).running()).isTrue();
  }

  @Test
  void shouldSayWhatTheKernelSays() {
    int index = hostNet.links().createVeth(pair()).index();
    assertThatThrownBy(() -> hostNet.links().setMtu(index, 20))
        .isInstanceOf(KernelException.class)
        .hasMessage(
            "RTM_NEWLINK %d mtu 20: mtu less than device minimum: Invalid argument (EINVAL)",
            index);
    LinkKind.Vxlan group = LinkKind.Vxlan.network(1, IpLiteral.parse("224.0.0.1"), 4789);
    assertThatThrownBy(() -> hostNet.links().createVxlan(NewLink.named("vx"), group))
        .hasMessage("RTM_NEWLINK vx: Local address cannot be multicast: Invalid argument (EINVAL)");
    assertThatThrownBy(() -> hostNet.links().setAlias(index, "x".repeat(300)))
        .hasMessage(
            "RTM_NEWLINK %d alias: Attribute failed policy validation (attribute at byte 32 of the"
                + " request): Numerical result out of range (ERANGE)",
            index);
  }

  @Test
  void shouldMakeVxlans() {
    LinkKind.Vxlan blue =
        LinkKind.Vxlan.network(42, IpLiteral.parse("192.0.2.1"), 4789)
            .withRemote(IpLiteral.parse("192.0.2.2"));
    LinkKind.Vxlan six =
        LinkKind.Vxlan.network(43, IpLiteral.parse("fd00::1"), 4790)
            .withRemote(IpLiteral.parse("fd00::2"));
    Links links = hostNet.links();
    assertThat(links.createVxlan(NewLink.named("vx0").withMtu(1450), blue).kind()).isEqualTo(blue);
    assertThat(links.createVxlan(NewLink.named("vx6"), six).kind()).isEqualTo(six);
    LinkKind.Vxlan external = LinkKind.Vxlan.externalOn(8472);
    assertThat(links.createVxlan(NewLink.named("vxe"), external).kind()).isEqualTo(external);
    assertThat(links.get("vx0").mtu()).isEqualTo(1450);
  }

  @Test
  void shouldDeleteByIndexAndByGroup() throws InterruptedException {
    Links links = hostNet.links();
    int index = links.createVeth(pair()).index();
    links.delete(index);
    assertThat(links.awaitGone(index, Duration.ofSeconds(5))).isTrue();
    assertThat(zoneNet.links().find("net0")).isEmpty();
    assertFails(() -> links.delete(index), Errno.ENODEV);

    links.createVeth(pair());
    links.createVeth(
        new VethPair(NewLink.named("vnic1").withGroup(77), NewLink.named("net1").in(zone)));
    Link other = links.createVeth(new VethPair(NewLink.named("c"), NewLink.named("d")));
    links.deleteGroup(77);
    assertThat(links.list()).extracting(Link::name).containsExactlyInAnyOrder("lo", "c", "d");
    assertThat(other.group()).isZero();
    assertFails(() -> links.deleteGroup(77), Errno.ENODEV);
  }

  @Test
  void shouldWaitForLinksOfANamespaceThatIsLetGo() throws InterruptedException {
    int index = hostNet.links().createVeth(pair()).index();
    assertThat(hostNet.links().awaitGone(index, Duration.ofMillis(30))).isFalse();
    zoneNet.close();
    zone.close();
    assertThat(hostNet.links().awaitGone(index, Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void shouldMoveALink() {
    Links links = hostNet.links();
    int index = links.createVeth(new VethPair(NewLink.named("c"), NewLink.named("d"))).index();
    links.move(index, zone);
    assertThat(links.find("c")).isEmpty();
    assertThat(zoneNet.links().get("c").kind()).isEqualTo(new LinkKind.Veth());
  }

  @Test
  void shouldHitAFailpointBeforeEachChange() {
    Links links = hostNet.links();
    try (Failpoint.Armed armed = Failpoint.arm("0:kill")) {
      int index = links.createVeth(pair()).index();
      links.setUp(index);
      links.delete(index);
      assertThat(armed.hits())
          .containsExactly(
              "RTM_NEWLINK vnic0",
              "RTM_NEWLINK " + zoneIndex(armed) + " alias",
              "RTM_NEWLINK " + index + " alias",
              "RTM_NEWLINK " + index + " up",
              "RTM_DELLINK " + index);
    }
  }

  private static String zoneIndex(Failpoint.Armed armed) {
    return armed.hits().get(1).split(" ", -1)[1];
  }

  static void assertFails(ThrowingCallable call, Errno errno) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno));
  }
}
