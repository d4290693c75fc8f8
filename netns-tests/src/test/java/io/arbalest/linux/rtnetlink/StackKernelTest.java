package io.arbalest.linux.rtnetlink;

import static io.arbalest.linux.rtnetlink.LinksKernelTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.netns.StackNamespaces;
import io.arbalest.linux.netns.UidRange;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses, routes and neighbours of a zone's stack, and traffic over them. */
@Privileged
class StackKernelTest {
  private static final IpPrefix V4 = IpPrefix.parse("10.42.0.10/24");
  private static final IpPrefix V6 = IpPrefix.parse("fd42::10/64");
  private static final InetAddress GATEWAY = IpLiteral.parse("10.42.0.1");

  private StackNamespaces web;
  private StackNamespaces db;
  private Rtnetlink net;
  private Rtnetlink dbNet;
  private int net0;
  private int dbNet0;

  /** The JDK keeps one socket of its own for ever, from the first that it closes. */
  @BeforeAll
  static void warmUp() throws IOException {
    new DatagramSocket().close();
  }

  @BeforeEach
  void open() {
    web = StackNamespaces.create(new UidRange(1_000_000, 65_536));
    db = StackNamespaces.create(new UidRange(2_000_000, 65_536));
    net = Rtnetlink.open(web.network());
    dbNet = Rtnetlink.open(db.network());
    VethPair cable = new VethPair(NewLink.named("net0"), NewLink.named("net0").in(db.network()));
    net0 = net.links().createVeth(cable).index();
    dbNet0 = dbNet.links().get("net0").index();
    net.links().setUp(net0);
    dbNet.links().setUp(dbNet0);
  }

  @AfterEach
  void close() {
    dbNet.close();
    net.close();
    db.close();
    web.close();
  }

  @Test
  void shouldCarryDatagramsBetweenTwoZonesFromAnyThread() throws IOException {
    net.addresses().addWithoutDetection(net0, V4);
    net.addresses().addWithoutDetection(net0, V6);
    dbNet.addresses().addWithoutDetection(dbNet0, IpPrefix.parse("10.42.0.20/24"));
    dbNet.addresses().addWithoutDetection(dbNet0, IpPrefix.parse("fd42::20/64"));
    for (String address : new String[] {"10.42.0.20", "fd42::20"}) {
      InetSocketAddress server = new InetSocketAddress(IpLiteral.parse(address), 7);
      try (DatagramSocket in = db.network().call(() -> new DatagramSocket(server));
          DatagramSocket out = web.network().call(() -> new DatagramSocket())) {
        out.send(new DatagramPacket(new byte[] {42}, 1, server));
        DatagramPacket got = new DatagramPacket(new byte[8], 8);
        in.setSoTimeout(5000);
        in.receive(got);
        assertThat(got.getLength()).isEqualTo(1);
        assertThat(got.getData()[0]).isEqualTo((byte) 42);
      }
    }
    assertThat(net.links().get(net0).statistics().sentPackets()).isGreaterThan(1);
    assertThat(net.neighbours().list(net0))
        .filteredOn(n -> n.ip().equals(IpLiteral.parse("10.42.0.20")))
        .singleElement()
        .satisfies(n -> assertThat(n.mac()).isEqualTo(dbNet.links().get(dbNet0).mac()));
  }

  @Test
  void shouldAddListReplaceAndDeleteAddresses() {
    Addresses addresses = net.addresses();
    addresses.addWithoutDetection(net0, V4);
    addresses.addWithoutDetection(net0, V6);
    assertThat(addresses.list(net0))
        .contains(
            new Address(net0, V4, 0, true, false, false),
            new Address(net0, V6, 0, true, false, false))
        .allMatch(a -> a.linkIndex() == net0);
    assertFails(() -> addresses.add(net0, V4), Errno.EEXIST);
    addresses.replace(net0, V4);
    addresses.delete(net0, V4);
    addresses.delete(net0, V6);
    assertThat(addresses.list()).extracting(Address::prefix).doesNotContain(V4, V6);
    assertFails(() -> addresses.delete(net0, V4), Errno.EADDRNOTAVAIL);
  }

  @Test
  void shouldLeaveDetectionToTheKernelUnlessToldOtherwise() {
    net.addresses().add(net0, V6);
    assertThat(net.addresses().list(net0))
        .filteredOn(a -> a.prefix().equals(V6))
        .singleElement()
        .satisfies(a -> assertThat(a.tentative()).isTrue());
  }

  @Test
  void shouldAddListReplaceAndDeleteRoutes() {
    net.addresses().addWithoutDetection(net0, V4);
    net.addresses().addWithoutDetection(net0, V6);
    Route any = Route.via(IpPrefix.parse("0.0.0.0/0"), GATEWAY, net0);
    Route six =
        Route.via(IpPrefix.parse("fd43::/64"), IpLiteral.parse("fd42::1"), net0).withMetric(7);
    Route onLink = Route.on(IpPrefix.parse("192.0.2.0/24"), net0);
    net.routes().add(any);
    net.routes().add(six);
    net.routes().add(onLink);
    assertThat(net.routes().list()).contains(any, six, onLink);
    assertFails(() -> net.routes().add(any), Errno.EEXIST);
    Route moved = Route.via(IpPrefix.parse("0.0.0.0/0"), IpLiteral.parse("10.42.0.2"), net0);
    net.routes().replace(moved);
    assertThat(net.routes().list()).contains(moved).doesNotContain(any);
    net.routes().delete(moved);
    net.routes().delete(six);
    net.routes().delete(onLink);
    assertThat(net.routes().list()).doesNotContain(moved, six, onLink);
    assertFails(() -> net.routes().delete(moved), Errno.ESRCH);
  }

  @Test
  void shouldHandOnWhyARouteIsRefused() {
    Route unreachable =
        Route.via(IpPrefix.parse("0.0.0.0/0"), IpLiteral.parse("203.0.113.1"), net0);
    assertThatThrownBy(() -> net.routes().add(unreachable))
        .isInstanceOfSatisfying(
            KernelException.class,
            e -> assertThat(e.detail()).contains("Nexthop has invalid gateway"))
        .hasMessageContaining("ENETUNREACH");
  }

  @Test
  void shouldAddListReplaceAndDeleteNeighbours() {
    Neighbours neighbours = net.neighbours();
    Neighbour four =
        Neighbour.permanent(net0, IpLiteral.parse("10.42.0.20"), MacAddress.parse("2:8:20:0:0:9"));
    Neighbour six =
        Neighbour.permanent(net0, IpLiteral.parse("fd42::20"), MacAddress.parse("2:8:20:0:0:9"));
    neighbours.add(four);
    neighbours.add(six);
    assertThat(neighbours.list(net0)).contains(four, six);
    assertFails(() -> neighbours.add(four), Errno.EEXIST);
    Neighbour moved = Neighbour.permanent(net0, four.ip(), MacAddress.parse("2:8:20:0:0:a"));
    neighbours.replace(moved);
    assertThat(neighbours.list(net0)).contains(moved).doesNotContain(four);
    neighbours.delete(moved);
    neighbours.delete(six);
    assertThat(neighbours.list(net0)).doesNotContain(moved, six);
    assertFails(() -> neighbours.delete(moved), Errno.ENOENT);
  }

  @Test
  void shouldStayInItsNamespace() {
    try (NetworkNamespace here = NetworkNamespace.current();
        Rtnetlink outside = Rtnetlink.open(here)) {
      assertThat(outside.addresses().list()).extracting(Address::prefix).doesNotContain(V4);
      assertThat(net.links().list()).extracting(Link::name).containsExactly("lo", "net0");
    }
  }
}
