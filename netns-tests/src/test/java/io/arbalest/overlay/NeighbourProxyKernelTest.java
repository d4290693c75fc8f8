package io.arbalest.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.rtnetlink.Address;
import io.arbalest.linux.rtnetlink.Neighbour;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.overlay.link.Overlay;
import io.arbalest.overlay.link.Overlays;
import io.arbalest.overlay.link.StartMode;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real IP stack asks for its neighbours; the directory answers. */
@Privileged
final class NeighbourProxyKernelTest {
  private static final MacAddress WEB = MacAddress.parse("2:8:20:0:0:a");
  private static final MacAddress DB = MacAddress.parse("2:8:20:0:0:14");
  private static final String TABLE =
      """
      {"2:8:20:0:0:a": {"ip": "192.0.2.1", "port": 4789, "arp": "10.42.0.10", "ndp": "fd42::10"},
       "2:8:20:0:0:14": {"ip": "192.0.2.2", "port": 4789, "arp": "10.42.0.20", "ndp": "fd42::20"}}
      """;

  @TempDir Path folder;
  private OverlayHost host;
  private Rtnetlink kernel;
  private Overlays overlays;
  private Overlay blue;
  private int nic;

  /** The overlay's TAP is the stack's own NIC, so that nothing stands between. */
  @BeforeEach
  void makeTheTapANic() throws IOException {
    host = new OverlayHost(1500);
    kernel = host.kernel;
    overlays = host.overlays();
    Path config = Files.writeString(folder.resolve("blue.json"), TABLE);
    blue = overlays.create(OverlayHost.files(config.toString()), StartMode.STRICT);
    nic = blue.ifindex();
    Path ipv6 = Path.of("/proc/sys/net/ipv6/conf/blue0/disable_ipv6");
    host.here.call(() -> Files.writeString(ipv6, "0"));
    kernel.links().setAddress(nic, WEB);
    blue.setUp();
    kernel.addresses().add(nic, IpPrefix.parse("10.42.0.10/24"));
    kernel.addresses().addWithoutDetection(nic, IpPrefix.parse("fd42::10/64"));
  }

  @AfterEach
  void close() {
    overlays.delete(OverlayHost.BLUE);
    overlays.close();
    host.close();
  }

  private void say(String address) throws IOException {
    say(IpLiteral.parse(address));
  }

  private void say(InetAddress address) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1], 1, address, 9);
    try (DatagramSocket socket = host.here.<DatagramSocket, IOException>call(DatagramSocket::new)) {
      socket.send(packet);
    }
  }

  private Optional<Neighbour> neighbour(String address) {
    InetAddress ip = IpLiteral.parse(address);
    return kernel.neighbours().list(nic).stream().filter(n -> n.ip().equals(ip)).findFirst();
  }

  private boolean isReachable(String address, MacAddress mac) {
    return neighbour(address)
        .filter(n -> n.state() == Neighbour.REACHABLE && n.mac().equals(Optional.of(mac)))
        .isPresent();
  }

  private long count(String name) {
    return blue.statistics().byName().getOrDefault(name, -1L);
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void shouldAnswerArp() throws IOException {
    say("10.42.0.20");

    await("ARP", () -> isReachable("10.42.0.20", DB));
    assertThat(count("out-answered")).isPositive();
  }

  @Test
  void shouldAnswerNeighbourSolicitations() throws IOException {
    say("fd42::20");

    await("neighbour discovery", () -> isReachable("fd42::20", DB));
  }

  @Test
  void shouldAnswerForTheLinkLocalAddressThatAMacImplies() throws IOException {
    await("own link-local address", () -> hasUsable("fe80::8:20ff:fe00:a"));
    byte[] octets = IpLiteral.parse("fe80::8:20ff:fe00:14").getAddress();
    say(Inet6Address.getByAddress(null, octets, nic));

    await("neighbour discovery", () -> isReachable("fe80::8:20ff:fe00:14", DB));
  }

  private boolean hasUsable(String address) {
    InetAddress ip = IpLiteral.parse(address);
    return kernel.addresses().list(nic).stream()
        .anyMatch(a -> a.prefix().address().equals(ip) && !a.tentative());
  }

  @Test
  void shouldLetDuplicateDetectionFindAnAddressOfAnother() {
    kernel.addresses().add(nic, IpPrefix.parse("fd42::20/64"));
    kernel.addresses().add(nic, IpPrefix.parse("fd42::77/64"));

    InetAddress taken = IpLiteral.parse("fd42::20");
    await(
        "duplicate detection",
        () ->
            kernel.addresses().list(nic).stream()
                .anyMatch(a -> a.prefix().address().equals(taken) && a.duplicate()));
    await("free address", () -> hasUsable("fd42::77"));
    assertThat(kernel.addresses().list(nic))
        .filteredOn(Address::duplicate)
        .extracting(a -> a.prefix().toString())
        .containsExactly("fd42::20/64");
  }

  @Test
  void shouldAnswerFromTheReloadedTableAndKeepItWhenTheNextIsBad() throws IOException {
    Path config = folder.resolve("blue.json");
    Files.writeString(config, TABLE.replace("10.42.0.20", "10.42.0.30"));
    assertThat(blue.reload().status()).isEqualTo("ONLINE");
    say("10.42.0.30");
    await("ARP", () -> isReachable("10.42.0.30", DB));

    Files.writeString(config, TABLE.replace("4789", "70000"));
    assertThat(blue.reload().fault().orElseThrow())
        .contains("port '70000': an integer from 1 to 65535 is allowed");
    assertThat(blue.targets()).hasSize(2);

    Files.writeString(config, TABLE.replace("10.42.0.20", "10.42.0.40"));
    assertThat(blue.reload().status()).isEqualTo("ONLINE");
    say("10.42.0.40");
    await("ARP", () -> isReachable("10.42.0.40", DB));
  }

  @Test
  void shouldGoOnAfterItsLinkWasDown() throws IOException {
    say("10.42.0.20");
    await("ARP", () -> isReachable("10.42.0.20", DB));
    kernel.links().setDown(nic);
    assertThat(neighbour("10.42.0.20")).isEmpty();
    kernel.links().setUp(nic);
    say("10.42.0.20");

    await("ARP", () -> isReachable("10.42.0.20", DB));
  }

  @Test
  void shouldSendNoUnicastToNowhere() throws IOException {
    MacAddress nobody = MacAddress.parse("2:8:20:0:0:99");
    kernel.neighbours().add(Neighbour.permanent(nic, IpLiteral.parse("10.42.0.99"), nobody));
    say("10.42.0.99");

    await("drop", () -> count("drop/unknown-destination") == 1);
    await("balance", () -> blue.statistics().overlay().isBalanced());
  }
}
