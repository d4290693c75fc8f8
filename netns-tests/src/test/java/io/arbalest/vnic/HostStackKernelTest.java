package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.rtnetlink.Route;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A zone and the host's own stack, while somebody has taken all filters off the zone's port. Each
 * attack is first seen to succeed with the port opened to the stack again.
 */
@Privileged
class HostStackKernelTest {
  private static final IpPrefix HOST = IpPrefix.parse("192.0.2.1/32");
  private static final IpPrefix SENDER = IpPrefix.parse("198.51.100.9/32");
  private static final MacAddress ZONE = SwitchHost.mac(1);
  private static final int UDP_PORT = 5353;
  private static final int ARP_REPLY = 2;

  @TempDir private Path directory;
  private SwitchHost host;
  private PortFacts port;
  private MacAddress portMac;

  @BeforeEach
  void start() throws IOException {
    host = new SwitchHost(directory);
    port = host.addQuiet("evil", 1);
    portMac = host.net.links().get(port.ifindex()).mac().orElseThrow();
    int loopback = host.net.links().get("lo").index();
    host.net.links().setUp(loopback);
    host.net.addresses().add(loopback, HOST);
    // So that the sender's address is not refused for having no route at all.
    host.net.addresses().add(loopback, IpPrefix.parse("203.0.113.1/32"));
    host.net.traffic().deleteClsact(port.ifindex());
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private void set(String setting, String value) throws IOException {
    Path file = Path.of("/proc/sys/net", setting.split("/"));
    host.home.call(() -> Files.writeString(file, value));
  }

  private void send(byte[] frame) {
    try (RawLink sender = new RawLink(host.zone("evil"));
        Rtnetlink inside = Rtnetlink.open(host.zone("evil"))) {
      assertThat(sender.send(inside.links().get("net0").index(), frame)).isTrue();
    }
  }

  /** A datagram to an address of the host. */
  private byte[] datagram(MacAddress to) {
    byte[] bytes = new byte[60];
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.put(to.toBytes()).put(ZONE.toBytes()).putShort((short) 0x0800);
    frame.putShort((short) 0x4500).putShort((short) 46).putInt(0).putShort((short) 0x4011);
    frame.putShort((short) 0).put(SENDER.address().getAddress()).put(HOST.address().getAddress());
    frame.putShort((short) 40_000).putShort((short) UDP_PORT).putShort((short) 26);
    frame.putShort(24, (short) ~sum(frame, 14, 20, 0));
    return bytes;
  }

  private static int sum(ByteBuffer frame, int start, int length, int begin) {
    int sum = begin;
    for (int at = start; at < start + length; at += 2) {
      sum += Short.toUnsignedInt(frame.getShort(at));
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    return (sum & 0xffff) + (sum >>> 16);
  }

  private boolean hostHears(MacAddress to) throws IOException {
    InetSocketAddress here = new InetSocketAddress(HOST.address(), UDP_PORT);
    try (DatagramSocket socket = host.home.call(() -> new DatagramSocket(here))) {
      send(datagram(to));
      socket.setSoTimeout(300);
      socket.receive(new DatagramPacket(new byte[100], 100));
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Test
  void shouldDeliverNoDatagramToTheHost() throws IOException {
    assertThat(hostHears(portMac)).isFalse();
    assertThat(hostHears(MacAddress.BROADCAST)).isFalse();
    set("ipv4/conf/all/rp_filter", "0");
    set("ipv4/conf/" + port.portName() + "/rp_filter", "0");
    assertThat(hostHears(portMac)).as("the control").isTrue();
    assertThat(hostHears(MacAddress.BROADCAST)).as("as broadcast").isFalse();
    set("ipv4/conf/all/drop_unicast_in_l2_multicast", "0");
    set("ipv4/conf/" + port.portName() + "/drop_unicast_in_l2_multicast", "0");
    assertThat(hostHears(MacAddress.BROADCAST)).as("the control").isTrue();
  }

  private boolean answersArp() {
    InetAddress target = HOST.address();
    try (RawLink zone = new RawLink(host.zone("evil"))) {
      send(PingFrame.arpRequest(ZONE, SENDER.address(), target));
      return zone.count(frame -> frame[13] == 6 && frame[21] == ARP_REPLY) > 0;
    }
  }

  @Test
  void shouldAnswerNoArp() throws Exception {
    assertThat(answersArp()).isFalse();
    set("ipv4/conf/" + port.portName() + "/arp_ignore", "0");
    set("ipv4/conf/" + port.portName() + "/rp_filter", "0");
    set("ipv4/conf/all/rp_filter", "0");
    assertThat(answersArp()).as("NOARP alone").isFalse();
    Process arpOn =
        host.home.call(
            () -> new ProcessBuilder("ip", "link", "set", port.portName(), "arp", "on").start());
    assertThat(arpOn.waitFor()).isZero();
    host.net.routes().add(Route.on(SENDER, port.ifindex()));
    assertThat(answersArp()).as("the control").isTrue();
  }

  /** A router advertisement of a default route, from a link-local address (RFC 4861). */
  private static byte[] advertisement() {
    byte[] bytes = new byte[70];
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.put(MacAddress.parse("33:33:0:0:0:1").toBytes()).put(ZONE.toBytes());
    frame.putShort((short) 0x86dd).putInt(0x6000_0000).putShort((short) 16);
    frame.putShort((short) 0x3aff);
    frame.put(IpPrefix.parse("fe80::1/128").address().getAddress());
    frame.put(IpPrefix.parse("ff02::1/128").address().getAddress());
    frame.putShort((short) (134 << 8)).putShort((short) 0);
    frame.putShort((short) 0x4000).putShort((short) 1800);
    frame.putShort(56, (short) ~sum(frame, 22, 48, 16 + 58));
    return bytes;
  }

  private boolean hostTakesRoute() throws InterruptedException {
    send(advertisement());
    for (int attempt = 0; attempt < 20; attempt++) {
      if (host.net.routes().list().stream().anyMatch(this::isTaken)) {
        return true;
      }
      Thread.sleep(10);
    }
    return false;
  }

  private boolean isTaken(Route route) {
    return route.isDefault() && route.toString().contains("fe80");
  }

  @Test
  void shouldBelieveNoRouterAdvertisement() throws Exception {
    assertThat(hostTakesRoute()).isFalse();
    set("ipv6/conf/" + port.portName() + "/disable_ipv6", "0");
    set("ipv6/conf/" + port.portName() + "/accept_ra", "2");
    assertThat(hostTakesRoute()).as("the control").isTrue();
  }
}
