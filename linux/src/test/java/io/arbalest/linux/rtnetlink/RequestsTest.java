package io.arbalest.linux.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netlink.NetlinkFlags;
import io.arbalest.linux.netlink.NetlinkMessage;
import io.arbalest.linux.netlink.NetlinkRequest;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each request must be, byte for byte, what iproute2 sends for the same wish. */
class RequestsTest {
  private static final int NET0 = 2;
  private static final int VNIC0 = 3;
  private static final int VX = 5;
  private static final MacAddress MAC9 = MacAddress.parse("2:8:20:0:0:9");
  private static final int NEW = NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE;
  private static final int REPLACE = NetlinkFlags.CREATE | NetlinkFlags.REPLACE;

  static Stream<Arguments> requests() {
    return Stream.of(links(), addresses(), routes(), traffic()).flatMap(s -> s);
  }

  private static Stream<Arguments> links() {
    NewLink near =
        NewLink.named("vnic0")
            .withMac(MacAddress.parse("2:8:20:0:0:1"))
            .withMtu(1450)
            .withGroup(7)
            .withTxQueueLength(500);
    NewLink peer = NewLink.named("net0").withMac(MacAddress.parse("2:8:20:0:0:2")).withMtu(1450);
    LinkKind.Vxlan blue = LinkKind.Vxlan.network(42, IpLiteral.parse("192.0.2.1"), 4789);
    LinkKind.Vxlan six =
        LinkKind.Vxlan.network(43, IpLiteral.parse("fd00::1"), 4790)
            .withRemote(IpLiteral.parse("fd00::2"));
    return Stream.of(
        arguments("veth-create", LinkRequests.createVeth(new VethPair(near, peer))),
        arguments(
            "vxlan-create", LinkRequests.createVxlan(NewLink.named("vx0").withMtu(1450), blue)),
        arguments(
            "vxlan-external",
            LinkRequests.createVxlan(NewLink.named("vxe"), LinkKind.Vxlan.externalOn(8472))),
        arguments("vxlan6", LinkRequests.createVxlan(NewLink.named("vx6"), six)),
        arguments("link-up", LinkRequests.setUp(VNIC0, true)),
        arguments("link-down", LinkRequests.setUp(VX, false)),
        arguments("link-rename", LinkRequests.rename(VX, "vx1")),
        arguments("link-del", LinkRequests.delete(VX)),
        arguments("link-mtu", LinkRequests.setMtu(VNIC0, 1400)),
        arguments("link-address", LinkRequests.setAddress(VNIC0, MacAddress.parse("2:8:20:0:0:3"))),
        arguments("link-alias", LinkRequests.setAlias(VNIC0, "arbalest:global:vnic:web/net0")),
        arguments("altname-add", LinkRequests.addAltName(VNIC0, "web.net0")),
        arguments("altname-del", LinkRequests.removeAltName(VNIC0, "web.net0")),
        arguments("link-del-group", LinkRequests.deleteGroup(7)));
  }

  private static Stream<Arguments> addresses() {
    IpPrefix four = IpPrefix.parse("10.42.0.10/24");
    Neighbour permanent = Neighbour.permanent(NET0, IpLiteral.parse("10.42.0.20"), MAC9);
    Neighbour six = Neighbour.permanent(NET0, IpLiteral.parse("fd42::20"), MAC9);
    return Stream.of(
        arguments("addr-add", Addresses.add(NET0, four, 0)),
        arguments("addr6-nodad", Addresses.add(NET0, IpPrefix.parse("fd42::10/64"), 2)),
        arguments("addr-replace", Addresses.replace(NET0, four, 2)),
        arguments("addr-del", Addresses.remove(NET0, four)),
        arguments("neigh-replace", Neighbours.add(permanent, REPLACE)),
        arguments("neigh6-add", Neighbours.add(six, NEW)),
        arguments("neigh-del", Neighbours.remove(six)));
  }

  private static Stream<Arguments> routes() {
    Route four = Route.via(IpPrefix.parse("198.51.100.0/24"), IpLiteral.parse("10.42.0.1"), NET0);
    Route any = Route.via(IpPrefix.parse("0.0.0.0/0"), IpLiteral.parse("10.42.0.1"), NET0);
    Route six =
        Route.via(IpPrefix.parse("fd43::/64"), IpLiteral.parse("fd42::1"), NET0).withMetric(100);
    return Stream.of(
        arguments("route-add", Routes.add(four, NEW)),
        arguments("route-default", Routes.add(any, NEW)),
        arguments("route6-add", Routes.add(six, NEW)),
        arguments("route-del", Routes.remove(six)));
  }

  private static Stream<Arguments> traffic() {
    FilterPlace place = FilterPlace.ingress(VNIC0, 1);
    int descriptor = 4;
    NetlinkRequest filter =
        Traffic.attachRequest(place, "pass:[*fsobj]", descriptor, NetlinkFlags.CREATE);
    return Stream.of(
        arguments("clsact-add", Traffic.addClsactRequest(VNIC0)),
        arguments("clsact-del", Traffic.deleteClsactRequest(VNIC0)),
        arguments("hooks-del", Traffic.clearHooksRequest(VNIC0)),
        arguments("filter-replace", filter),
        arguments("filter-del", Traffic.detachRequest(place)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void shouldBeWhatIproute2Sends(String capture, NetlinkRequest request) {
    NetlinkMessage theirs = Capture.of(capture).request();
    NetlinkMessage ours =
        new NetlinkMessage(request.type(), request.flags(), 0, 0, request.body().toBytes());
    assertThat(ours.type()).isEqualTo(theirs.type());
    assertThat(ours.flags() | NetlinkFlags.REQUEST | NetlinkFlags.ACK).isEqualTo(theirs.flags());
    assertThat(Capture.body(ours)).asHexString().isEqualTo(hex(theirs));
    assertThat(request.kind()).isEqualTo(NetlinkRequest.Kind.CHANGE);
  }

  private static String hex(NetlinkMessage message) {
    return java.util.HexFormat.of().withUpperCase().formatHex(Capture.body(message));
  }

  @ParameterizedTest
  @MethodSource("lowers")
  void shouldBindAVxlanToALink(OptionalInt lower) {
    LinkKind.Vxlan vxlan =
        new LinkKind.Vxlan(
            1, false, java.util.Optional.empty(), java.util.Optional.empty(), 4789, true, lower);
    NetlinkRequest request = LinkRequests.createVxlan(NewLink.named("vx"), vxlan);
    NetlinkMessage message = new NetlinkMessage(request.type(), 0, 0, 0, request.body().toBytes());
    assertThat(LinkCodec.decode(message))
        .hasValueSatisfying(link -> assertThat(link.kind()).isEqualTo(vxlan));
  }

  static Stream<OptionalInt> lowers() {
    return Stream.of(OptionalInt.empty(), OptionalInt.of(77));
  }
}
