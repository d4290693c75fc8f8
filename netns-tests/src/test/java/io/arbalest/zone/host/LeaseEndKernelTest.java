package io.arbalest.zone.host;

import static io.arbalest.zone.host.LearningHost.SERVER;
import static io.arbalest.zone.host.LearningHost.SERVER4;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A lease that ends closes its address, without a frame that says so. */
@Privileged
@Timeout(120)
class LeaseEndKernelTest {
  private static final InetAddress GIVEN = IpLiteral.parse("10.77.0.9");
  private static final int SECONDS = 4;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path temp;

  private LearningHost net;
  private Echo echo;

  @BeforeEach
  void open() {
    net = new LearningHost(temp);
    echo = new Echo(net.stack(SERVER));
  }

  @AfterEach
  void close() {
    echo.close();
    net.close();
  }

  /** A DHCP server that offers once, acknowledges once, and never answers again. */
  private final class ShortLease implements AutoCloseable {
    private static final int OFFER = 2;
    private static final int ACK = 5;
    private final DatagramSocket socket;
    private final Thread thread;

    ShortLease() {
      socket =
          net.stack(SERVER)
              .call(
                  () -> {
                    try {
                      DatagramSocket made = new DatagramSocket(new InetSocketAddress(67));
                      made.setBroadcast(true);
                      return made;
                    } catch (SocketException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
      thread = Thread.ofPlatform().daemon().start(this::serve);
    }

    private void serve() {
      try {
        answer(OFFER);
        answer(ACK);
      } catch (IOException e) {
        // The socket was closed.
      }
    }

    private void answer(int type) throws IOException {
      DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
      socket.receive(packet);
      ByteBuffer reply = ByteBuffer.allocate(300);
      reply.put(packet.getData(), 0, 240).put(0, (byte) 2);
      reply.put(16, GIVEN.getAddress());
      reply.put((byte) 53).put((byte) 1).put((byte) type);
      reply.put((byte) 54).put((byte) 4).put(SERVER4.getAddress());
      reply.put((byte) 51).put((byte) 4).putInt(SECONDS);
      reply.put((byte) 1).put((byte) 4).putInt(0xffff_ff00).put((byte) 255);
      InetAddress all = IpLiteral.parse("10.77.0.255");
      socket.send(new DatagramPacket(reply.array(), reply.capacity(), all, 68));
    }

    @Override
    public void close() {
      socket.close();
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void shouldCloseAnAddressWhenItsLeaseIsOver() {
    net.zone("u");
    net.plug("u", "dhcpv4");
    try (ShortLease server = new ShortLease()) {
      net.clients.udhcpc(net.pin("u"), "udhcpc");
      net.await("it has a lease", () -> net.learnedAddresses("u").contains(GIVEN));
      net.await("it uses it", () -> net.usable("u").contains(GIVEN));
      assertThat(net.talks("u", GIVEN)).isTrue();
      assertThat(net.drops("u")).isEmpty();
      net.await("the lease is over", () -> net.learned("u").isEmpty());
      Map<String, Long> before = net.drops("u");
      assertThat(net.talks("u", GIVEN)).isFalse();
      Map<String, Long> moved = net.dropsSince("u", before);
      assertThat(moved).containsEntry("ipv4-source", 1L);
      // Its neighbour entry is old by now, so the kernel may ask after the server again.
      moved.remove("arp-sender-ip");
      assertThat(moved).containsOnlyKeys("ipv4-source");
      assertThat(server.thread.isAlive()).isFalse();
    }
  }

  @Test
  void shouldForgetWhatADeletedVnicLearned() {
    net.zone("u");
    net.plug("u", "dhcpv4");
    try (ShortLease server = new ShortLease()) {
      net.clients.udhcpc(net.pin("u"), "udhcpc");
      net.await("it has a lease", () -> net.learnedAddresses("u").contains(GIVEN));
      Path file = net.fixture.instance().state().resolve("learned/u@net0.json");
      net.await("it is stored", () -> Files.exists(file));
      net.host().deleteVnic(LearningHost.key("u"));
      assertThat(net.learned("u")).isEmpty();
      net.await("it is forgotten", () -> !Files.exists(file));
      net.plug("u", "dhcpv4");
      net.usurp("u", GIVEN);
      assertThat(net.talks("u", GIVEN)).isFalse();
      assertThat(net.drops("u")).containsOnlyKeys("arp-sender-ip");
      assertThat(server.thread.isAlive()).isFalse();
    }
  }
}
