package io.arbalest.zone.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.Vni;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.PortFacts;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.zone.HostSpec;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host with an overlay whose underlay address comes and goes. */
@Privileged
@Timeout(120)
class OverlayHostKernelTest {
  private static final int LOOPBACK = 1;
  private static final IpPrefix UNDERLAY = IpPrefix.parse("192.0.2.1/32");
  private static final LinkName BLUE = new LinkName("blue0");

  @TempDir Path temp;
  private HostFixture fixture;

  @BeforeEach
  void open() {
    fixture = new HostFixture(temp, "alpha");
    try (Rtnetlink kernel = Rtnetlink.open(fixture.namespace())) {
      kernel.links().setUp(LOOPBACK);
      kernel.addresses().add(LOOPBACK, UNDERLAY);
    }
    fixture.settle();
    fixture.converge(withOverlay(42));
  }

  @AfterEach
  void close() {
    fixture.close();
    assertThat(fixture.links()).containsExactly("lo");
  }

  private static HostSpec withOverlay(int vni) {
    OverlaySpec overlay =
        OverlaySpec.of(
            BLUE,
            new Vni(vni),
            "direct",
            Map.of(
                "vxlan/listen_ip", "192.0.2.1",
                "direct/dest_ip", "192.0.2.2",
                "direct/dest_port", "4789"));
    VnicSpec stub = Stars.vnic(0);
    VnicSpec vnic = new VnicSpec(stub.key(), BLUE, stub.mac(), stub.mtu(), stub.protection());
    return new HostSpec(
        List.of(),
        List.of(overlay),
        List.of(Stars.zoneSpec(0)),
        List.of(vnic),
        List.of(Stars.addresses(0)));
  }

  private PortFacts port() {
    return fixture.host().switchboard().ports().values().iterator().next();
  }

  private int uplink() {
    return fixture.host().switchboard().switches().values().stream()
        .filter(facts -> facts.name().equals(BLUE))
        .mapToInt(facts -> facts.uplink().orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldTakeOverItsOverlayWithTheSameLinks() {
    int uplink = uplink();
    PortFacts port = port();
    fixture.restart();
    assertThat(fixture.host().problems()).isEmpty();
    assertThat(uplink()).isEqualTo(uplink);
    assertThat(port()).isEqualTo(port);
    assertThat(fixture.host().overlays()).hasSize(1);
  }

  @Test
  void shouldKeepVnicsOfAnOverlayThatCannotBeResumedAndTryAgain() {
    int uplink = uplink();
    PortFacts port = port();
    fixture.host().close();
    try (Rtnetlink kernel = Rtnetlink.open(fixture.namespace())) {
      kernel.addresses().delete(LOOPBACK, UNDERLAY);
      fixture.restart();
      assertThat(fixture.host().problems())
          .singleElement()
          .asString()
          .contains("overlay blue0 cannot be resumed")
          .contains("192.0.2.1");
      assertThat(port()).isEqualTo(port);
      fixture.host().tend();
      assertThat(fixture.host().problems()).hasSize(1);
      kernel.addresses().add(LOOPBACK, UNDERLAY);
    }
    fixture.host().tend();
    assertThat(fixture.host().problems()).isEmpty();
    assertThat(fixture.host().overlays()).hasSize(1);
    assertThat(uplink()).isEqualTo(uplink);
    assertThat(port()).isEqualTo(port);
  }

  @Test
  void shouldReplaceAnOverlayThatChangesOrWasBroken() {
    fixture.converge(withOverlay(43));
    assertThat(fixture.host().overlays().getFirst().spec().vni()).isEqualTo(new Vni(43));
    assertThat(port().seat()).isPresent();
    try (Rtnetlink kernel = Rtnetlink.open(fixture.namespace())) {
      kernel.links().delete(uplink());
    }
    fixture.converge(withOverlay(43));
    assertThat(fixture.host().problems()).isEmpty();
    try (Rtnetlink kernel = Rtnetlink.open(fixture.namespace())) {
      assertThat(kernel.links().get(BLUE.text()).index()).isEqualTo(uplink());
      assertThat(kernel.links().get(BLUE.text()).up()).isTrue();
    }
  }

  /** How many frames for end points of tunnels were dropped at the one VNIC. */
  private long shielded() {
    return fixture.host().switchboard().stats(Stars.key(0)).drops().getOrDefault("vtep", -1L);
  }

  private void send(int port, String... destinations) throws IOException {
    fixture
        .host()
        .zone(Stars.zone(0))
        .orElseThrow()
        .<Integer, IOException>call(
            () -> {
              try (DatagramSocket socket = new DatagramSocket()) {
                for (String destination : destinations) {
                  InetAddress to = IpLiteral.parse(destination);
                  socket.send(new DatagramPacket(new byte[8], 8, to, port));
                }
              }
              return port;
            });
  }

  @Test
  void shouldLetNoZoneSendToItsEndPoints() throws Exception {
    try (Clients clients = new Clients(temp)) {
      clients.run(
          fixture.host().zone(Stars.zone(0)).orElseThrow().networkPin(),
          "route",
          "sh",
          "-ec",
          """
          ip route add 192.0.2.0/24 dev net0
          for n in 1 2 3; do ip neigh add 192.0.2.$n lladdr 2:8:20:0:9:$n dev net0; done
          """);
    }
    VnicSpec bare = Stars.vnic(0);
    send(4790, "192.0.2.1", "192.0.2.2");
    send(4789, "192.0.2.3");
    assertThat(shielded()).as("no end point").isZero();
    send(4789, "192.0.2.1", "192.0.2.2");
    assertThat(shielded()).as("its own and its peer's").isEqualTo(2);
    fixture.restart();
    send(4789, "192.0.2.1", "192.0.2.2");
    assertThat(shielded()).as("after a restart").isEqualTo(4);
    HostSpec without =
        new HostSpec(
            List.of(Stars.STUB), List.of(), List.of(Stars.zoneSpec(0)), List.of(bare), List.of());
    fixture.converge(without);
    assertThat(fixture.host().vteps()).as("the overlay is gone").isEmpty();
  }
}
