package io.arbalest.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.IpLiteral;
import java.net.InetAddress;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class OverlayMtuTest {
  private static final InetAddress IPV4 = IpLiteral.parse("192.0.2.1");
  private static final InetAddress IPV6 = IpLiteral.parse("2001:db8::1");

  @Test
  void shouldLeaveWhatVxlanDoesNotTake() {
    assertThat(OverlayMtu.inner(OptionalInt.empty(), IPV4, 1500)).isEqualTo(1450);
    assertThat(OverlayMtu.inner(OptionalInt.empty(), IPV6, 1500)).isEqualTo(1430);
  }

  @Test
  void shouldNotExceedWhatAVnicMayHave() {
    assertThat(OverlayMtu.inner(OptionalInt.empty(), IPV4, 65_535)).isEqualTo(9000);
  }

  @Test
  void shouldTakeASmallerMtuThatIsWanted() {
    assertThat(OverlayMtu.inner(OptionalInt.of(1450), IPV4, 1500)).isEqualTo(1450);
    assertThat(OverlayMtu.inner(OptionalInt.of(1280), IPV4, 1500)).isEqualTo(1280);
  }

  @Test
  void shouldRefuseMoreThanTheUnderlayLeaves() {
    assertThatThrownBy(() -> OverlayMtu.inner(OptionalInt.of(1451), IPV4, 1500))
        .isInstanceOf(OverlayPropertyException.class)
        .hasMessage(
            "invalid value '1451' for mtu: 576 to 1450 (the underlay's 1500 less 50 for VXLAN) is"
                + " allowed");
  }

  @Test
  void shouldRefuseAnUnderlayThatLeavesTooLittle() {
    assertThatThrownBy(() -> OverlayMtu.inner(OptionalInt.empty(), IPV6, 645))
        .isInstanceOf(OverlayPropertyException.class)
        .hasMessageContaining("645 less 70");
    assertThat(OverlayMtu.inner(OptionalInt.empty(), IPV6, 646)).isEqualTo(576);
  }
}
