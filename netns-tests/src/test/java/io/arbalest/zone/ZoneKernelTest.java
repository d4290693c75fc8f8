package io.arbalest.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.netns.UserNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.ZoneName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Privileged
@Timeout(60)
class ZoneKernelTest {
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 7);

  @TempDir Path temp;

  private final String unique = "z" + ProcessHandle.current().pid() % 100_000;

  private Instance instance() {
    return Instance.of(
        InstanceName.of(unique, "alpha"),
        Map.of("ARBALEST_STATE", temp + "/state", "ARBALEST_RUN", temp + "/run"));
  }

  private static ZoneSpec spec(String name, int slot) {
    return ZoneSpec.stackOnly(new ZoneName(name)).with(new UidSlot(60_000 + slot));
  }

  /** The JDK keeps a descriptor from the first socket channel that it closes. */
  @BeforeAll
  static void warmUp() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(null);
        SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
      server.accept().close();
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void shouldGiveAZoneAStackOfItsOwnWithLoUp() {
    Zone zone = Zone.create(instance(), spec("web", 0));
    try {
      List<Link> links =
          zone.call(
              () -> {
                try (Rtnetlink kernel = Rtnetlink.open()) {
                  return kernel.links().list();
                }
              });
      assertThat(links).extracting(Link::name).containsExactly("lo");
      assertThat(links.getFirst().up()).isTrue();
      assertThat(zone.networkPin()).isEqualTo(Path.of("/run/netns/" + unique + ".web"));
      String dad =
          zone.call(() -> Files.readString(Path.of("/proc/sys/net/ipv6/conf/default/accept_dad")));
      assertThat(dad.strip()).isEqualTo("0");
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      zone.delete();
    }
    assertThat(zone.networkPin()).doesNotExist();
    assertThat(zone.userPin()).doesNotExist();
  }

  @Test
  void shouldOwnItsStackThroughAUserNamespaceThatIsNotTheHosts() {
    Zone zone = Zone.create(instance(), spec("web", 0));
    try (UserNamespace owner = zone.network().owner();
        UserNamespace pinned = UserNamespace.open(zone.userPin());
        UserNamespace host = UserNamespace.current()) {
      assertThat(owner.inode()).isEqualTo(pinned.inode()).isNotEqualTo(host.inode());
    } finally {
      zone.delete();
    }
  }

  @Test
  void shouldLetASocketMadeInsideWorkFromAnyThread() throws Exception {
    Zone zone = Zone.create(instance(), spec("web", 0));
    try (ServerSocketChannel server = zone.call(() -> ServerSocketChannel.open().bind(LOOPBACK));
        SocketChannel client = zone.call(() -> SocketChannel.open())) {
      // Both are used here, on a thread of the host; port 7 of the host's lo is closed.
      client.connect(LOOPBACK);
      try (SocketChannel accepted = server.accept()) {
        client.write(ByteBuffer.wrap(new byte[] {42}));
        ByteBuffer received = ByteBuffer.allocate(1);
        accepted.read(received);
        assertThat(received.get(0)).isEqualTo((byte) 42);
      }
      assertThatThrownBy(() -> SocketChannel.open(LOOPBACK)).isInstanceOf(IOException.class);
    } finally {
      zone.delete();
    }
  }

  @Test
  void shouldBeFoundAgainAsTheSameNamespace() {
    Zone made = Zone.create(instance(), spec("web", 0));
    long inode = made.network().inode();
    made.close();
    Zone found = Zone.find(instance(), spec("web", 0)).orElseThrow();
    assertThat(found.network().inode()).isEqualTo(inode);
    found.delete();
    assertThat(Zone.find(instance(), spec("web", 0))).isEmpty();
  }

  @Test
  void shouldRefuseANameThatSomebodyElseHasPinnedAndLeaveItAlone() {
    Path foreign = instance().netnsPin("web");
    try (NetworkNamespace theirs = NetworkNamespace.create()) {
      theirs.pin(foreign);
      try {
        assertThatThrownBy(() -> Zone.create(instance(), spec("web", 0)))
            .isInstanceOf(ZoneException.class)
            .hasMessageContaining("zone 'web'")
            .hasMessageContaining(foreign.toString());
        assertThat(Zone.find(instance(), spec("web", 0))).isEmpty();
        ZonePins.of(instance(), new ZoneName("web")).remove();
        try (NetworkNamespace still = NetworkNamespace.open(foreign)) {
          assertThat(still.inode()).isEqualTo(theirs.inode());
        }
        assertThat(instance().userPins().resolve("web")).doesNotExist();
      } finally {
        NetworkNamespace.unpin(foreign);
      }
    }
  }

  @Test
  void shouldLeaveNothingWhenAnyKernelCallOfItsMakingFails() {
    List<String> calls;
    try (Failpoint.Armed counting = Failpoint.arm("0:kill")) {
      Zone.create(instance(), spec("web", 0)).delete();
      calls = new ArrayList<>(counting.hits());
    }
    int making =
        calls.indexOf(calls.stream().filter(c -> c.startsWith("umount")).findFirst().orElseThrow());
    assertThat(making).isGreaterThan(5);
    for (int n = 1; n <= making; n++) {
      try (Failpoint.Armed armed = Failpoint.arm(n + ":ENOMEM")) {
        assertThatThrownBy(() -> Zone.create(instance(), spec("web", 0)))
            .as("failing at %s", calls.get(n - 1))
            .hasMessageContaining("Cannot allocate memory");
        assertThat(armed.hits()).hasSizeGreaterThanOrEqualTo(n);
      }
      assertThat(instance().netnsPin("web")).as("after %s", calls.get(n - 1)).doesNotExist();
      assertThat(instance().userPins().resolve("web")).doesNotExist();
    }
  }

  @Test
  void shouldEndTheZonesProcessesWhenDeleted() throws Exception {
    Zone zone = Zone.create(instance(), spec("web", 0));
    Process sleeper =
        new ProcessBuilder(
                "nsenter",
                "--user=" + zone.userPin(),
                "--net=" + zone.networkPin(),
                "--setuid=0",
                "--setgid=0",
                "sleep",
                "1000")
            .start();
    while (!zone.hasProcesses()) {
      Thread.sleep(5);
    }
    zone.delete();
    assertThat(sleeper.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(sleeper.exitValue()).isEqualTo(137);
  }
}
