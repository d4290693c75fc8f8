package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the words of a VNIC's specification mean, and which are refused. */
class PolicyReaderTest {
  private static void assertRefused(Policies policies, String message) {
    assertThatThrownBy(policies::policy)
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessage(message);
  }

  @Test
  void shouldReadEveryField() {
    PortPolicy policy =
        Policies.fixed()
            .modes("ip-nospoof")
            .methods("dhcpv4", "addrconf")
            .learned("10.0.0.77")
            .clients(List.of("web", "0x01"), true)
            .roles("dhcp-server", "router")
            .macs(Policies.SECOND_MAC)
            .virtualRouters(7)
            .routed("192.168.0.0/16")
            .reception("own-only", "ra-guard", "dhcp-guard")
            .trusting("10.0.0.1/32", "fe80::/64")
            .policy();

    assertThat(policy.flags())
        .containsExactlyInAnyOrder(
            PolicyFlag.IP_NOSPOOF,
            PolicyFlag.GUARDS,
            PolicyFlag.METHOD_DHCPV4,
            PolicyFlag.METHOD_DHCPV6,
            PolicyFlag.METHOD_SLAAC,
            PolicyFlag.ALLOW_ALL_CLIENT_IDS,
            PolicyFlag.GRANT_DHCP_SERVER,
            PolicyFlag.GRANT_ROUTER,
            PolicyFlag.OWN_ONLY,
            PolicyFlag.RA_GUARD,
            PolicyFlag.DHCP_GUARD);
    assertThat(policy.clientIds()).extracting(Object::toString).containsExactly("web", "0x01");
    assertThat(policy.macs())
        .containsExactly(Policies.SECOND_MAC, Policies.VIRTUAL_MAC, Policies.VIRTUAL_MAC6);
    assertThat(policy.own()).contains(IpPrefix.parse("10.0.0.5"), IpPrefix.parse("10.0.0.77"));
    assertThat(policy.own()).doesNotContain(IpPrefix.parse("192.168.0.0/16"));
    assertThat(policy.sources()).containsAll(policy.own());
    assertThat(policy.sources()).contains(IpPrefix.parse("192.168.0.0/16"));
    assertThat(policy.trusted())
        .containsExactly(IpPrefix.parse("10.0.0.1/32"), IpPrefix.parse("fe80::/64"));
  }

  @Test
  void shouldAskSetsApart() {
    PortPolicy policy =
        Policies.fixed().routed("192.168.0.0/16").trusting("10.0.0.1/32").listedClients().policy();

    assertThat(policy.contains(PolicySet.SOURCE_IPV4, 0xc0a8_0101L)).isTrue();
    assertThat(policy.contains(PolicySet.OWN_IPV4, 0xc0a8_0101L)).isFalse();
    assertThat(policy.contains(PolicySet.TRUSTED_IPV4, 0x0a00_0001L)).isTrue();
    assertThat(policy.contains(PolicySet.TRUSTED_IPV4, 0x0a00_0005L)).isFalse();
    assertThat(policy.contains(PolicySet.CLIENT_ID, new byte[] {'w', 'e', 'b'})).isTrue();
    assertThat(policy.contains(PolicySet.CLIENT_ID, new byte[] {'w', 'e'})).isFalse();
    assertThat(policy.contains(PolicySet.MAC, Policies.SECOND_MAC.toLong())).isFalse();
  }

  /** In the form of illumos, saying nothing is asking for all, if there is no fixed address. */
  @Test
  void shouldTakeMethodsAsTheFormWantsThem() {
    assertThat(Policies.empty().policy().methods()).isEmpty();
    assertThat(Policies.empty().policy().has(PolicyFlag.ADDRESSLESS)).isTrue();
    assertThat(Policies.empty().modes("illumos-compat").policy().methods())
        .containsExactlyInAnyOrder(DynamicMethod.values());
    assertThat(Policies.fixed().modes("illumos-compat").policy().methods()).isEmpty();
    assertThat(Policies.empty().modes("illumos-compat").methods("slaac").policy().methods())
        .containsExactly(DynamicMethod.SLAAC);
    assertThat(Policies.empty().methods("addrconf").policy().methods())
        .containsExactlyInAnyOrder(DynamicMethod.SLAAC, DynamicMethod.DHCPV6);
  }

  @Test
  void shouldForgetLearnedAddressesOfMethodsThatAreOff() {
    PortPolicy policy =
        Policies.fixed().methods("dhcpv6").learned("10.0.0.77", "fd00::77").policy();

    assertThat(policy.networks().learned())
        .extracting(a -> a.getAddress().length)
        .containsExactly(16);
    assertThat(Policies.fixed().learned("10.0.0.77", "fd00::77").policy().networks().learned())
        .isEmpty();
  }

  @Test
  void shouldNotBeAddresslessWithAnythingToSendFrom() {
    assertThat(Policies.empty().routed("192.168.0.0/16").policy().has(PolicyFlag.ADDRESSLESS))
        .isFalse();
    assertThat(Policies.empty().methods("slaac").policy().has(PolicyFlag.ADDRESSLESS)).isFalse();
    assertThat(Policies.empty().modes().policy().has(PolicyFlag.ADDRESSLESS)).isFalse();
  }

  @Test
  void shouldNotCountSecondaryAddressesInTheFormOfIllumos() {
    PortPolicy policy =
        Policies.fixed()
            .modes("illumos-compat")
            .macs(Policies.SECOND_MAC)
            .virtualRouters(255)
            .policy();

    assertThat(policy.macs())
        .containsExactly(MacAddress.parse("0:0:5e:0:1:ff"), MacAddress.parse("0:0:5e:0:2:ff"));
  }

  @Test
  void shouldRefuseWordsWithoutMeaning() {
    assertRefused(
        Policies.fixed().methods("dhcp"),
        "dynamic-methods 'dhcp': dhcpv4, dhcpv6, slaac, addrconf are allowed");
    assertRefused(Policies.fixed().roles("dns"), "roles 'dns': dhcp-server, router are allowed");
    assertRefused(
        Policies.fixed().reception("ra"),
        "reception 'ra': own-only, ra-guard, dhcp-guard are allowed");
    assertRefused(
        Policies.fixed().modes("strict"),
        "protection 'strict': mac-nospoof, restricted, ip-nospoof, dhcp-nospoof, illumos-compat"
            + " are allowed");
  }

  @Test
  void shouldRefuseNetworksThatAreNone() {
    assertRefused(
        Policies.empty().allowed("10.0.0.5/24"),
        "allowed-ips '10.0.0.5/24': host bits must be zero; 10.0.0.5/32 or 10.0.0.0/24 is allowed");
    assertRefused(
        Policies.empty().routed("fd00::1/64"),
        "routed-prefixes 'fd00::1/64': host bits must be zero; fd00::1/128 or fd00::/64 is"
            + " allowed");
    assertRefused(
        Policies.empty().trusting("0.0.0.0/32"),
        "trusted-servers '0.0.0.0/32': the unspecified address can not be allowed");
    assertRefused(
        Policies.empty().allowed("10.0.0.5/32", "fd00::5/128", "10.0.0.5/32"),
        "allowed-ips '10.0.0.5/32': each value is allowed once");
  }

  @Test
  void shouldRefuseMacAddressesThatAreNone() {
    assertRefused(
        Policies.fixed().macs(MacAddress.parse("1:0:5e:0:0:1")),
        "secondary-macs '1:0:5e:0:0:1': unicast addresses are allowed");
    assertRefused(
        Policies.fixed().macs(Policies.SECOND_MAC, Policies.SECOND_MAC),
        "secondary-macs '2:8:20:44:55:67': each value is allowed once");
    assertRefused(Policies.fixed().virtualRouters(0), "vrrp-ids '0': 1 to 255 are allowed");
    assertRefused(Policies.fixed().virtualRouters(256), "vrrp-ids '256': 1 to 255 are allowed");
  }

  @Test
  void shouldRefuseIdentifiersThatAreNone() {
    assertThatThrownBy(() -> Policies.fixed().clients(List.of("0x1"), false).policy())
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageStartingWith("allowed-dhcp-cids '0x1': ");
    assertRefused(
        Policies.fixed().clients(List.of("web", "0x776562"), false),
        "allowed-dhcp-cids '0x776562': each value is allowed once");
  }

  @Test
  void shouldBoundEveryList() {
    assertRefused(
        Policies.fixed().clients(numbered("id", 33), false),
        "allowed-dhcp-cids '33 values': at most 32 are allowed");
    assertRefused(
        Policies.fixed().macs(macs(33)), "secondary-macs '33 values': at most 32 are allowed");
    assertThat(Policies.fixed().clients(numbered("id", 32), false).macs(macs(32)).policy().macs())
        .hasSize(32);
    assertRefused(
        Policies.empty().allowed(hosts(Networks.MAX + 1)),
        "allowed-ips '16385 values': at most 16384 are allowed");
    PortPolicy many = Policies.empty().allowed(hosts(Networks.MAX)).policy();
    assertThat(many.sources()).hasSize(Networks.MAX);
  }

  private static List<String> numbered(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + i).toList();
  }

  private static MacAddress[] macs(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> MacAddress.of(0x0208_2000_0000L + i))
        .toArray(MacAddress[]::new);
  }

  private static String[] hosts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "10.7.%d.%d/32".formatted(i / 256, i % 256))
        .toArray(String[]::new);
  }

  /** Policies are compared to see whether anything changed. */
  @Test
  void shouldEqualWhatIsReadTwice() {
    assertThat(Policies.dynamic().learned("10.0.0.77").policy())
        .isEqualTo(Policies.dynamic().learned("10.0.0.77").policy())
        .isNotEqualTo(Policies.dynamic().policy());
  }
}
