package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortPolicyTest {
  private static PortPolicy allowing(String... prefixes) {
    List<IpPrefix> allowed = List.of(prefixes).stream().map(IpPrefix::parse).toList();
    return new PortPolicy(Frames.MAC, Protection.DEFAULT, allowed, Set.of(), Set.of());
  }

  private static boolean allows(PortPolicy policy, String literal) {
    byte[] address = Frames.ip(literal);
    ByteBuffer in = ByteBuffer.wrap(address);
    return address.length == 4
        ? policy.contains(PolicySet.SOURCE_IPV4, Integer.toUnsignedLong(in.getInt()))
        : policy.contains(PolicySet.SOURCE_IPV6, in.getLong(), in.getLong());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5/32, 10.0.0.5, true",
    "10.0.0.5/32, 10.0.0.4, false",
    "10.1.0.0/16, 10.1.255.255, true",
    "10.1.0.0/16, 10.2.0.0, false",
    "10.0.0.4/31, 10.0.0.5, true",
    "10.0.0.4/31, 10.0.0.6, false",
    "128.0.0.0/1, 255.255.255.255, true",
    "128.0.0.0/1, 127.255.255.255, false",
    "0.0.0.0/0, 203.0.113.7, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 203.0.113.7, false",
    "fd00::/65, fd00::7fff:ffff:ffff:ffff, true",
    "fd00::/65, fd00::8000:0:0:0, false",
  })
  void shouldAllowWhatIsInsideItsNetworks(String allowed, String address, boolean expected) {
    assertThat(allows(allowing(allowed), address)).isEqualTo(expected);
  }

  @Test
  void shouldNotTakeMappedAddressForTheIpv4OneInIt() {
    PortPolicy policy = allowing("10.0.0.5/32");

    assertThat(policy.contains(PolicySet.SOURCE_IPV6, 0, 0xffff_0a00_0005L)).isFalse();
    assertThat(policy.contains(PolicySet.SOURCE_IPV4, 0x0a00_0005L)).isTrue();
  }

  @Test
  void shouldRefuseHostBits() {
    assertThatThrownBy(() -> allowing("10.42.0.10/24"))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessage(
            "allowed-ips '10.42.0.10/24': host bits must be zero; 10.42.0.10/32 or 10.42.0.0/24"
                + " is allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/32", "::/128"})
  void shouldRefuseUnspecifiedAddress(String address) {
    assertThatThrownBy(() -> allowing(address))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("unspecified");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0:0:0:0:0:0", "1:0:5e:0:0:1", "ff:ff:ff:ff:ff:ff"})
  void shouldRefuseMacThatIsNoStations(String mac) {
    assertThatThrownBy(() -> PortPolicy.of(MacAddress.parse(mac)))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("mac-address '" + MacAddress.parse(mac));
  }

  @Test
  void shouldKnowItsMacAsNumber() {
    assertThat(DecisionTable.STATIC.field(PolicyField.MAC)).isEqualTo(0x0208_2011_2233L);
  }

  @Test
  void shouldSwitchTheGuardsOnWithAnyMode() {
    assertThat(DecisionTable.STATIC.flags())
        .containsExactlyInAnyOrder(
            PolicyFlag.MAC_NOSPOOF,
            PolicyFlag.RESTRICTED,
            PolicyFlag.IP_NOSPOOF,
            PolicyFlag.DHCP_NOSPOOF,
            PolicyFlag.GUARDS);
    assertThat(DecisionTable.MAC_ONLY.flags())
        .containsExactlyInAnyOrder(PolicyFlag.MAC_NOSPOOF, PolicyFlag.GUARDS);
    assertThat(DecisionTable.OPEN.flags()).isEmpty();
  }

  @Test
  void shouldBeAddresslessWithoutAddressAndMethod() {
    assertThat(DecisionTable.EMPTY.has(PolicyFlag.ADDRESSLESS)).isTrue();
    assertThat(DecisionTable.DYNAMIC.has(PolicyFlag.ADDRESSLESS)).isFalse();
    assertThat(DecisionTable.STATIC.has(PolicyFlag.ADDRESSLESS)).isFalse();
  }

  @Test
  void shouldCarryMethodsAndGrantsAsFlags() {
    assertThat(DecisionTable.DYNAMIC.flags())
        .contains(PolicyFlag.METHOD_DHCPV4, PolicyFlag.METHOD_DHCPV6, PolicyFlag.METHOD_SLAAC);
    assertThat(DecisionTable.GRANTED.flags())
        .contains(PolicyFlag.GRANT_DHCP_SERVER, PolicyFlag.GRANT_ROUTER);
  }
}
