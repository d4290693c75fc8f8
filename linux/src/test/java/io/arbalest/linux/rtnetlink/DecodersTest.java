package io.arbalest.linux.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netlink.NetlinkMessage;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The decoders against what the kernel told iproute2, and against noise. */
class DecodersTest {
  private static List<Link> links(String capture) {
    return Capture.of(capture).received().stream()
        .flatMap(message -> LinkCodec.decode(message).stream())
        .toList();
  }

  @Test
  void shouldReadEveryKindOfLink() {
    List<Link> links = links("show-link");
    assertThat(links)
        .extracting(Link::name)
        .containsExactly("lo", "net0", "vnic0", "vnic1", "vx1", "vxe", "vx6");
    assertThat(links)
        .extracting(Link::kind)
        .containsExactly(
            new LinkKind.Loopback(),
            new LinkKind.Veth(),
            new LinkKind.Veth(),
            new LinkKind.Veth(),
            LinkKind.Vxlan.network(42, IpLiteral.parse("192.0.2.1"), 4789),
            LinkKind.Vxlan.externalOn(8472),
            LinkKind.Vxlan.network(43, IpLiteral.parse("fd00::1"), 4790)
                .withRemote(IpLiteral.parse("fd00::2")));
    assertThat(links.getFirst().mac()).contains(MacAddress.ZERO);
    assertThat(links.getFirst().mtu()).isEqualTo(65536);
  }

  @Test
  void shouldReadALinkWithAllItsTrimmings() {
    Link link = links("show-link-one").getFirst();
    assertThat(link.index()).isEqualTo(3);
    assertThat(link.altNames()).containsExactly("web.net0", "second");
    assertThat(link.isNamed("second")).isTrue();
    assertThat(link.isNamed("third")).isFalse();
    assertThat(link.alias()).contains("arbalest:global:vnic:web/net0");
    assertThat(link.mac()).contains(MacAddress.parse("2:8:20:0:0:3"));
    assertThat(link.mtu()).isEqualTo(1400);
    assertThat(link.up()).isTrue();
    assertThat(link.running()).isTrue();
    assertThat(link.group()).isEqualTo(7);
    assertThat(link.txQueueLength()).isEqualTo(500);
    assertThat(link.gsoMaxSize()).isEqualTo(61_000);
    assertThat(link.linkIndex()).hasValue(2);
    assertThat(link.linkNetnsId()).isEmpty();
    assertThat(link.master()).isEmpty();
    assertThat(link.statistics().sentPackets()).isPositive();
    assertThat(link.statistics().sentBytes()).isGreaterThan(link.statistics().sentPackets());
  }

  @Test
  void shouldReadWhereThePeerOfALinkIs() {
    Link link = links("show-link-placed").getFirst();
    assertThat(link.name()).isEqualTo("vnic1");
    assertThat(link.linkNetnsId()).hasValue(0);
    assertThat(link.linkIndex()).hasValue(2);
    assertThat(link.up()).isFalse();
  }

  @Test
  void shouldReadAddresses() {
    List<Address> addresses =
        Capture.of("show-addr").received().stream()
            .flatMap(m -> Address.decode(m).stream())
            .toList();
    assertThat(addresses)
        .extracting(Address::prefix)
        .contains(
            IpPrefix.parse("127.0.0.1/8"),
            IpPrefix.parse("10.42.0.10/24"),
            IpPrefix.parse("::1/128"),
            IpPrefix.parse("fd42::10/64"));
    assertThat(addresses)
        .filteredOn(a -> a.prefix().equals(IpPrefix.parse("fd42::10/64")))
        .containsExactly(new Address(2, IpPrefix.parse("fd42::10/64"), 0, true, false, false));
    assertThat(addresses)
        .filteredOn(a -> a.prefix().toString().startsWith("fe80"))
        .isNotEmpty()
        .allMatch(Address::tentative)
        .allMatch(a -> a.scope() == 253);
  }

  @Test
  void shouldReadRoutes() {
    List<Route> routes =
        Capture.of("show-route").received().stream()
            .flatMap(m -> Route.decode(m).stream())
            .toList();
    assertThat(routes)
        .contains(
            Route.via(IpPrefix.parse("198.51.100.0/24"), IpLiteral.parse("10.42.0.1"), 2),
            Route.via(IpPrefix.parse("0.0.0.0/0"), IpLiteral.parse("10.42.0.1"), 2));
    assertThat(routes).filteredOn(Route::isDefault).hasSize(1);
    assertThat(routes)
        .filteredOn(r -> r.destination().equals(IpPrefix.parse("10.42.0.0/24")))
        .singleElement()
        .satisfies(r -> assertThat(r.source()).contains(IpLiteral.parse("10.42.0.10")))
        .satisfies(r -> assertThat(r.protocol()).isEqualTo(2));
    List<Route> six =
        Capture.of("show-route6").received().stream()
            .flatMap(m -> Route.decode(m).stream())
            .toList();
    assertThat(six)
        .contains(
            Route.via(IpPrefix.parse("fd43::/64"), IpLiteral.parse("fd42::1"), 2).withMetric(100));
  }

  @Test
  void shouldReadNeighbours() {
    List<Neighbour> neighbours =
        Capture.of("show-neigh").received().stream()
            .flatMap(m -> Neighbour.decode(m).stream())
            .filter(Neighbour::isPermanent)
            .toList();
    MacAddress mac = MacAddress.parse("2:8:20:0:0:9");
    assertThat(neighbours)
        .containsExactlyInAnyOrder(
            Neighbour.permanent(2, IpLiteral.parse("10.42.0.20"), mac),
            Neighbour.permanent(2, IpLiteral.parse("fd42::20"), mac));
  }

  @Test
  void shouldReadFiltersAndQdiscs() {
    List<BpfFilter> filters =
        Capture.of("show-filter").received().stream()
            .flatMap(m -> BpfFilter.decode(m, Direction.INGRESS).stream())
            .toList();
    assertThat(filters).hasSize(1);
    BpfFilter filter = filters.getFirst();
    assertThat(filter.place()).isEqualTo(FilterPlace.ingress(3, 1));
    assertThat(filter.name()).isEqualTo("pass:[*fsobj]");
    assertThat(filter.tag()).isEqualTo("7c85c77581178cdb");
    assertThat(filter.programId()).isPositive();
    assertThat(filter.directAction()).isTrue();
    List<NetlinkMessage> qdiscs = Capture.of("show-qdisc").received();
    assertThat(qdiscs).anyMatch(m -> Traffic.isClsact(m, 3)).noneMatch(m -> Traffic.isClsact(m, 2));
  }

  @Test
  void shouldReadWhatHappenedToTrafficControl() {
    List<NetlinkMessage> heard = Capture.of("monitor-tc").received();
    assertThat(heard).hasSize(6);
    assertThat(heard)
        .extracting(Change::decode)
        .containsOnly(Optional.of(new Change.TrafficChanged(3)));
  }

  @Test
  void shouldReadWhatHappenedToALink() {
    NetlinkMessage shown = Capture.of("show-link-one").received().getFirst();
    Link link = links("show-link-one").getFirst();
    assertThat(Change.decode(shown)).contains(new Change.LinkChanged(link));
    NetlinkMessage gone = new NetlinkMessage(Rtm.DELLINK, 0, 0, 0, Capture.body(shown));
    assertThat(Change.decode(gone)).contains(new Change.LinkRemoved(3));
    NetlinkMessage address = Capture.of("show-addr").received().getFirst();
    assertThat(Change.decode(address)).isEmpty();
  }

  /** A filter of another chain is not run, whatever it is called. */
  @Test
  void shouldReadFiltersOfTheMainChainOnly() {
    NetlinkMessage shown = Capture.of("show-filter").received().get(1);
    byte[] body = Capture.body(shown);
    assertThat(BpfFilter.decode(shown, Direction.INGRESS)).isPresent();
    int chain = 28 + 4;
    assertThat(body[chain - 2]).as("TCA_CHAIN").isEqualTo((byte) 11);
    body[chain] = 7;
    NetlinkMessage elsewhere = new NetlinkMessage(shown.type(), 0, 0, 0, body);
    assertThat(BpfFilter.decode(elsewhere, Direction.INGRESS)).isEmpty();
  }

  @Test
  void shouldNeitherThrowNorLoopOnDamagedMessages() {
    List<NetlinkMessage> seeds =
        List.of(
                "show-link",
                "show-addr",
                "show-route",
                "show-route6",
                "show-neigh",
                "show-filter",
                "monitor-tc")
            .stream()
            .flatMap(name -> Capture.of(name).received().stream())
            .toList();
    Random random = new Random(2026);
    int decoded = 0;
    for (int i = 0; i < 100_000; i++) {
      NetlinkMessage seed = seeds.get(random.nextInt(seeds.size()));
      byte[] body = Capture.body(seed);
      byte[] damaged = java.util.Arrays.copyOf(body, random.nextInt(body.length + 1));
      for (int n = random.nextInt(8); n > 0 && damaged.length > 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      decoded += decodeAll(new NetlinkMessage(seed.type(), 0, 0, 0, damaged));
    }
    assertThat(decoded).isGreaterThan(10_000);
  }

  private static int decodeAll(NetlinkMessage message) {
    List<Optional<?>> values =
        List.of(
            LinkCodec.decode(message),
            Address.decode(message),
            Route.decode(message),
            Neighbour.decode(message),
            BpfFilter.decode(message, Direction.EGRESS),
            Change.decode(message));
    Traffic.isClsact(message, 3);
    return (int) values.stream().filter(Optional::isPresent).count();
  }
}
