package io.arbalest.zone.host;

import static io.arbalest.zone.host.LearningHost.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.rtnetlink.Address;
import io.arbalest.testing.Privileged;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The kernel makes addresses by itself in zones with every protection on. */
@Privileged
@Timeout(120)
class SlaacKernelTest {
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
  }

  private void awaitUsable(String zone, int count) {
    net.await(zone + " has " + count + " addresses", () -> net.usable(zone).size() >= count);
  }

  @Test
  void shouldLetPrivacyAddressesOut() {
    Clients.sysctl(net.zone("t"), "ipv6/conf/default/use_tempaddr", "2");
    net.plug("t", "slaac");
    awaitUsable("t", 2);
    Set<InetAddress> used = net.usable("t");
    assertThat(net.learnedAddresses("t")).containsAll(used);
    used.forEach(address -> assertThat(net.talks("t", address)).as("%s", address).isTrue());
    net.fixture.restart();
    assertThat(net.learnedAddresses("t")).containsAll(used);
    used.forEach(address -> assertThat(net.talks("t", address)).as("%s", address).isTrue());
    assertThat(net.drops("t")).isEmpty();
    assertThat(net.host().problems()).isEmpty();
  }

  @Test
  void shouldLetStablePrivateAddressesOut() {
    Clients.sysctl(net.zone("p"), "ipv6/conf/default/stable_secret", "2001:db8:1:2:3:4:5:6");
    net.plug("p", "slaac");
    awaitUsable("p", 1);
    InetAddress used = net.usable("p").iterator().next();
    assertThat(IpLiteral.format(used)).doesNotContain("ff:fe77");
    assertThat(net.talks("p", used)).isTrue();
    assertThat(net.addresses("p"))
        .extracting(address -> address.prefix().address())
        .as("the link-local address is learned too")
        .allMatch(net.learnedAddresses("p")::contains);
    assertThat(net.drops("p")).isEmpty();
  }

  @Test
  void shouldGiveAnAddressToWhoAskedFirst() {
    net.zone("a");
    net.plug("a", "slaac");
    net.zone("b");
    net.plug("b", "slaac");
    awaitUsable("a", 1);
    awaitUsable("b", 1);
    net.clients.run(net.pin("a"), "a", "ip", "addr", "add", "fd77::a/64", "dev", "net0");
    InetAddress wanted = IpLiteral.parse("fd77::a");
    net.await("a has it", () -> net.usable("a").contains(wanted));
    assertThat(net.learnedAddresses("a")).contains(wanted);
    assertThat(net.talks("a", wanted)).isTrue();
    net.clients.run(net.pin("b"), "b", "ip", "addr", "add", "fd77::a/64", "dev", "net0");
    net.await("b sees a's claim", () -> net.addresses("b").stream().anyMatch(Address::duplicate));
    assertThat(net.learnedAddresses("b")).doesNotContain(wanted);
    net.strip("b", wanted);
    Map<String, Long> before = net.drops("b");
    net.usurp("b", wanted);
    assertThat(net.talks("b", wanted)).isFalse();
    assertThat(net.dropsSince("b", before)).isNotEmpty();
    assertThat(Set.of("ipv6-source", "nd-target"))
        .containsAll(net.dropsSince("b", before).keySet());
    assertThat(net.drops("a")).isEmpty();
  }
}
