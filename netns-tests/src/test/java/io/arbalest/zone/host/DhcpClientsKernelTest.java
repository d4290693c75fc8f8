package io.arbalest.zone.host;

import static io.arbalest.zone.host.LearningHost.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.antispoof.learn.Binding;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.testing.Privileged;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** dnsmasq gives addresses to the clients that people use, with every protection on. */
@Privileged
@Timeout(120)
class DhcpClientsKernelTest {
  private static final int SIGUSR1 = 10;
  private static final int SIGUSR2 = 12;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path temp;

  private LearningHost net;
  private Echo echo;

  @BeforeEach
  void open() {
    net = new LearningHost(temp);
    echo = new Echo(net.stack(SERVER));
    net.clients.dnsmasq(net.pin(SERVER));
    net.await("dnsmasq is there", () -> net.clients.log("dnsmasq").contains("IP range"));
  }

  @AfterEach
  void close() {
    echo.close();
    net.close();
    assertThat(net.fixture.instance().state()).doesNotExist();
  }

  private Binding lease(String zone) {
    net.await(zone + " has a lease", () -> !net.learned(zone).isEmpty());
    InetAddress address = net.learned(zone).getFirst().address();
    net.await(zone + " uses it", () -> net.usable(zone).contains(address));
    assertThat(net.learned(zone)).hasSize(1);
    return net.learned(zone).getFirst();
  }

  /** An address that is not the zone's is refused, and exactly these counters move. */
  private void assertClosed(String zone, InetAddress address, String... reasons) {
    Map<String, Long> before = net.drops(zone);
    net.usurp(zone, address);
    assertThat(net.talks(zone, address)).isFalse();
    assertThat(net.dropsSince(zone, before)).isNotEmpty();
    assertThat(reasons).containsAll(net.dropsSince(zone, before).keySet());
    net.strip(zone, address);
  }

  @Test
  void shouldLetAnAddressThatNobodyGrantedOutOnlyWithoutProtection() {
    InetAddress foreign = IpLiteral.parse("10.77.0.150");
    net.zone("x");
    net.plugUnprotected("x");
    net.usurp("x", foreign);
    assertThat(net.talks("x", foreign)).as("nothing else stops it").isTrue();
    net.host().deleteZone(LearningHost.key("x").zone().orElseThrow());
    net.zone("u");
    net.plug("u", "dhcpv4");
    assertClosed("u", foreign, "arp-sender-ip", "ipv4-source");
    net.await("the drop is told", () -> !net.host().drops().recent().isEmpty());
    assertThat(net.host().drops().recent())
        .allSatisfy(
            seen -> {
              assertThat(seen.vnic()).contains(LearningHost.key("u"));
              assertThat(seen.event().direction()).isEqualTo(Direction.FROM_ZONE);
              assertThat(seen.event().reason()).isEqualTo(DropReason.ARP_SENDER_IP);
            });
  }

  @Test
  void shouldStartWithAFileThatCannotBeRead() throws Exception {
    net.zone("u");
    net.plug("u", "dhcpv4");
    net.clients.udhcpc(net.pin("u"), "udhcpc");
    Binding lease = lease("u");
    Path file = net.fixture.instance().state().resolve("learned/u@net0.json");
    net.await("it is stored", () -> Files.exists(file));
    net.host().close();
    Files.writeString(file, "{");
    net.fixture.restart();
    assertThat(net.host().problems())
        .singleElement()
        .asString()
        .contains("learned/u@net0.json.set-aside-1");
    assertThat(net.learned("u")).isEmpty();
    Map<String, Long> before = net.drops("u");
    assertThat(net.talks("u", lease.address())).isFalse();
    assertThat(Set.of("arp-sender-ip", "ipv4-source"))
        .containsAll(net.dropsSince("u", before).keySet());
    Files.delete(file.resolveSibling("u@net0.json.set-aside-1"));
  }

  @Test
  void shouldFollowUdhcpcThroughRenewalRestartAndRelease() {
    net.zone("u");
    net.plug("u", "dhcpv4");
    assertClosed("u", IpLiteral.parse("10.77.0.150"), "arp-sender-ip", "ipv4-source");
    Map<String, Long> before = net.drops("u");
    Process udhcpc = net.clients.udhcpc(net.pin("u"), "udhcpc");
    Binding first = lease("u");
    assertThat(first.method()).isEqualTo(DynamicMethod.DHCPV4);
    assertThat(first.server()).isEqualTo("10.77.0.1");
    assertThat(net.talks("u", first.address())).isTrue();

    net.clients.signal(udhcpc, SIGUSR1);
    net.await("it is renewed", () -> lease("u").until() > first.until());
    Binding renewed = lease("u");
    net.fixture.restart();
    assertThat(net.learned("u")).containsExactly(renewed);
    assertThat(net.talks("u", first.address())).isTrue();
    net.clients.signal(udhcpc, SIGUSR1);
    net.await("it is renewed again", () -> lease("u").until() > renewed.until());
    assertThat(net.dropsSince("u", before)).isEmpty();
    assertThat(net.host().problems()).isEmpty();

    net.clients.signal(udhcpc, SIGUSR2);
    net.await("it is given back", () -> net.learned("u").isEmpty());
    net.await("it is not used", () -> net.usable("u").isEmpty());
    assertThat(net.dropsSince("u", before)).isEmpty();
    assertClosed("u", first.address(), "arp-sender-ip", "ipv4-source");
  }

  @Test
  void shouldFollowDhclientThroughARestartOfItsOwn() {
    net.zone("d");
    net.plug("d", "dhcpv4");
    Process dhclient = net.clients.dhclient(net.pin("d"), "dhclient", "-4");
    Binding first = lease("d");
    assertThat(net.talks("d", first.address())).isTrue();
    net.clients.kill(dhclient);
    Process again = net.clients.dhclient(net.pin("d"), "dhclient", "-4");
    net.await("it asks for its lease again", () -> lease("d").until() > first.until());
    assertThat(lease("d").address()).isEqualTo(first.address());
    assertThat(net.talks("d", first.address())).isTrue();
    net.clients.kill(again);
    net.clients.release(net.pin("d"), "dhclient", "-4");
    net.await("it is given back", () -> net.learned("d").isEmpty());
    assertThat(net.drops("d")).isEmpty();
    assertClosed("d", first.address(), "arp-sender-ip", "ipv4-source");
  }

  @Test
  void shouldFollowDhclientForIpv6() {
    Clients.sysctl(net.zone("s"), "ipv6/conf/default/autoconf", "0");
    net.plug("s", "dhcpv6");
    net.await("it may speak", () -> net.hasLinkLocal("s"));
    Process dhclient = net.clients.dhclient(net.pin("s"), "dhclient6", "-6");
    Binding first = lease("s");
    assertThat(first.method()).isEqualTo(DynamicMethod.DHCPV6);
    assertThat(net.talks("s", first.address())).isTrue();
    net.clients.kill(dhclient);
    net.clients.release(net.pin("s"), "dhclient6", "-6");
    net.await("it is given back", () -> net.learned("s").isEmpty());
    assertThat(net.drops("s")).isEmpty();
    net.await("it is not used", () -> net.usable("s").isEmpty());
    assertClosed("s", first.address(), "ipv6-source", "nd-target");
  }
}
