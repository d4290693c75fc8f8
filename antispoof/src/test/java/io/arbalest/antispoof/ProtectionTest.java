package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProtectionTest {
  @Test
  void shouldParseNamesInAnyOrderAndWriteThemInIllumosOrder() {
    Protection protection = Protection.parse(List.of("ip-nospoof", "mac-nospoof"));

    assertThat(protection)
        .isEqualTo(Protection.of(ProtectionMode.MAC_NOSPOOF, ProtectionMode.IP_NOSPOOF))
        .hasToString("mac-nospoof,ip-nospoof");
    assertThat(protection.guards()).isTrue();
  }

  @Test
  void shouldTakeNoNamesForNoProtection() {
    assertThat(Protection.parse(List.of())).isEqualTo(Protection.NONE).hasToString("");
    assertThat(Protection.NONE.guards()).isFalse();
  }

  @Test
  void shouldProtectByDefaultWithAllModesThatThereAre() {
    assertThat(Protection.DEFAULT).hasToString("mac-nospoof,restricted,ip-nospoof,dhcp-nospoof");
    assertThat(Protection.DEFAULT.guards()).isTrue();
  }

  @Test
  void shouldRefuseUnknownModeAndNameTheKnownOnes() {
    assertThatThrownBy(() -> Protection.parse(List.of("no-spoof")))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessage(
            "protection 'no-spoof': mac-nospoof, restricted, ip-nospoof, dhcp-nospoof,"
                + " illumos-compat are allowed");
  }

  @Test
  void shouldTakeIllumosFormOfTheModesThatAreNamedOrOfAll() {
    Protection one = Protection.parse(List.of("illumos-compat", "ip-nospoof"));
    Protection all = Protection.parse(List.of("illumos-compat"));

    assertThat(one)
        .isEqualTo(Protection.likeIllumos(ProtectionMode.IP_NOSPOOF))
        .hasToString("ip-nospoof,illumos-compat");
    assertThat(all)
        .isEqualTo(Protection.likeIllumos())
        .hasToString("mac-nospoof,restricted,ip-nospoof,dhcp-nospoof,illumos-compat");
    assertThat(one.guards()).isFalse();
    assertThat(all.guards()).isFalse();
    assertThat(Protection.parse(List.of(all.toString().split(",")))).isEqualTo(all);
  }

  @Test
  void shouldKnowItsWords() {
    assertThat(Protection.words())
        .containsExactly(
            "mac-nospoof", "restricted", "ip-nospoof", "dhcp-nospoof", "illumos-compat");
  }
}
