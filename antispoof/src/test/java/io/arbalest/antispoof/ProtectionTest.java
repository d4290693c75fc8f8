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
    assertThat(Protection.DEFAULT).hasToString("mac-nospoof,restricted,ip-nospoof");
  }

  @Test
  void shouldRefuseUnknownModeAndNameTheKnownOnes() {
    assertThatThrownBy(() -> Protection.parse(List.of("no-spoof")))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessage(
            "protection 'no-spoof': mac-nospoof, restricted, ip-nospoof, dhcp-nospoof are allowed");
  }

  @Test
  void shouldRefuseModeThatIsNotThereYet() {
    assertThatThrownBy(() -> Protection.parse(List.of("mac-nospoof", "dhcp-nospoof")))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("protection 'dhcp-nospoof': this mode is not available yet");
  }
}
