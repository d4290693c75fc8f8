package io.arbalest.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.rtnetlink.VethPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Privileged
class ZonesKernelTest {
  @RegisterExtension final Zones zones = new Zones();

  @Test
  void shouldCarryTcpBetweenZonesThatUseTheSamePort() throws IOException {
    TestZone one = zones.zone("one");
    TestZone two = zones.zone("two");
    zones.wire(
        one.end("eth0", "10.0.0.1/24", "fd00::1/64"), two.end("eth0", "10.0.0.2/24", "fd00::2/64"));
    try (ServerSocket listener = two.call(() -> new ServerSocket(80));
        ServerSocket same = one.call(() -> new ServerSocket(80))) {
      for (String address : List.of("10.0.0.2", "fd00::2")) {
        try (Socket client = one.call(() -> new Socket(address, 80));
            Socket server = listener.accept()) {
          client.getOutputStream().write(42);
          assertThat(server.getInputStream().read()).isEqualTo(42);
        }
      }
      assertThat(same.isBound()).isTrue();
    }
  }

  @Test
  void shouldIsolateZonesWithoutAWire() {
    TestZone one = zones.zone("one");
    zones.zone("two");
    assertThatThrownBy(() -> one.call(() -> connect(InetAddress.ofLiteral("10.0.0.2"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unreachable");
  }

  @Test
  void shouldSeeWhatATestLeavesBehind() {
    Census before = Census.take();
    try (Rtnetlink kernel = Rtnetlink.open()) {
      kernel.links().createVeth(new VethPair(NewLink.named("left0"), NewLink.named("left1")));
      List<String> difference = before.differenceTo(Census.take());
      assertThat(difference).anyMatch(line -> line.startsWith("+ link") && line.contains("left0"));
      assertThatThrownBy(() -> Census.awaitSame(before))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("left1");
      kernel.links().delete(kernel.links().get("left0").index());
    }
  }

  private static String connect(InetAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, 80), 500);
      return "connected";
    }
  }
}
