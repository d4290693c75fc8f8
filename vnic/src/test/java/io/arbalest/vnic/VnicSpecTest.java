package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.MacAddress;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VnicSpecTest {
  private static final VnicKey KEY = VnicKey.parse("web/net0");
  private static final MacAssignment MAC = MacAssignment.fixed(MacAddress.parse("2:8:20:1:2:3"));

  private static VnicSpec withMtu(OptionalInt mtu) {
    return new VnicSpec(KEY, new LinkName("stub0"), MAC, mtu, ProtectionSpec.NONE);
  }

  @Test
  void shouldInheritTheLowerLinksMtu() {
    assertThat(withMtu(OptionalInt.empty()).effectiveMtu(1450)).isEqualTo(1450);
    assertThat(withMtu(OptionalInt.of(1400)).effectiveMtu(1450)).isEqualTo(1400);
  }

  @Test
  void shouldRefuseMtuOutOfBounds() {
    assertThatThrownBy(() -> withMtu(OptionalInt.of(575)))
        .hasMessage("invalid value: mtu 575, 576 to 9000 is allowed");
    assertThatThrownBy(() -> withMtu(OptionalInt.of(9001))).isInstanceOf(LinkException.class);
    assertThatThrownBy(() -> withMtu(OptionalInt.of(1500)).effectiveMtu(1450))
        .hasMessage("invalid value: mtu 1500, 576 to 1450 is allowed");
    assertThatThrownBy(() -> new EtherstubSpec(new LinkName("stub0"), 0))
        .isInstanceOf(LinkException.class);
    assertThat(new EtherstubSpec(new LinkName("stub0")).mtu()).isEqualTo(9000);
  }

  @Test
  void shouldDrawDifferentAddressesUnderTheIllumosPrefix() {
    SecureRandom random = new SecureRandom();
    Set<MacAddress> drawn = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      MacAssignment mac = MacAssignment.random(random);
      assertThat(mac.type().text()).isEqualTo("random");
      assertThat(mac.address().toColonHex()).startsWith("02:08:20:");
      drawn.add(mac.address());
    }
    assertThat(drawn).hasSizeGreaterThan(95);
  }

  @Test
  void shouldRefuseAddressesThatNoStationMayHave() {
    for (MacAddress bad : List.of(MacAddress.ZERO, MacAddress.BROADCAST)) {
      assertThatThrownBy(() -> MacAssignment.fixed(bad))
          .hasMessageStartingWith("invalid MAC address: '" + bad + "'");
    }
  }

  @Test
  void shouldKeepTheOrderOfProtectionModes() {
    Set<String> modes = new LinkedHashSet<>(List.of("restricted", "ip-nospoof", "mac-nospoof"));
    assertThat(ProtectionSpec.of(modes, List.of()).modes())
        .containsExactly("restricted", "ip-nospoof", "mac-nospoof");
  }

  @Test
  void shouldReadWhatAKeyPrints() {
    assertThat(VnicKey.parse(KEY.toString())).isEqualTo(KEY);
    assertThat(VnicKey.parse("net3")).isEqualTo(VnicKey.global(new LinkName("net3")));
    assertThatThrownBy(() -> VnicKey.parse("a/b/net0")).isInstanceOf(InvalidNameException.class);
    assertThatThrownBy(() -> VnicKey.parse("/net0")).isInstanceOf(InvalidNameException.class);
  }
}
