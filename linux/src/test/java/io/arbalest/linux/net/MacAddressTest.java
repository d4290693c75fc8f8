package io.arbalest.linux.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"2:8:20:6b:10:d4", "02:08:20:6b:10:d4", "2:08:20:6B:10:D4"})
  void shouldReadEveryFormOfEtherAton(String text) {
    MacAddress mac = MacAddress.parse(text);
    assertThat(mac).hasToString("2:8:20:6b:10:d4");
    assertThat(mac.toColonHex()).isEqualTo("02:08:20:6b:10:d4");
    assertThat(mac.toLong()).isEqualTo(0x0208206b10d4L);
    assertThat(MacAddress.of(mac.toBytes())).isEqualTo(mac);
    assertThat(MacAddress.of(mac.toLong())).isEqualTo(mac);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "fixed",
        "2:8:20:6b:10",
        "2:8:20:6b:10:d4:1",
        "2:8:20:6b:10:",
        "2:8:20:6b:10:d4 ",
        "2:8:20:6b:10:0d4",
        "2-8-20-6b-10-d4",
        "2:8:20:6b:10:g4",
        "2:8:20:6b:10:+4",
        "2:8:20:6b:10:٣"
      })
  void shouldRefuseAnythingElseAndSayWhatIsAllowed(String text) {
    assertThatThrownBy(() -> MacAddress.parse(text))
        .isInstanceOf(InvalidAddressException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("six groups of one or two hex digits");
  }

  @Test
  void shouldTellStationsFromGroups() {
    assertThat(MacAddress.BROADCAST.isMulticast()).isTrue();
    assertThat(MacAddress.BROADCAST.isBroadcast()).isTrue();
    assertThat(MacAddress.parse("1:0:5e:0:0:1").isMulticast()).isTrue();
    assertThat(MacAddress.parse("1:0:5e:0:0:1").isUnicast()).isFalse();
    assertThat(MacAddress.ZERO.isZero()).isTrue();
    assertThat(MacAddress.ZERO.isUnicast()).isFalse();
    assertThat(MacAddress.parse("2:8:20:6b:10:d4").isUnicast()).isTrue();
    assertThat(MacAddress.parse("2:8:20:6b:10:d4").isLocal()).isTrue();
    assertThat(MacAddress.parse("0:8:20:6b:10:d4").isLocal()).isFalse();
  }

  @Test
  void shouldRefuseWrongLengthsAndHighBits() {
    assertThatThrownBy(() -> MacAddress.of(new byte[5]))
        .isInstanceOf(InvalidAddressException.class)
        .hasMessageContaining("exactly 6 octets");
    assertThatThrownBy(() -> MacAddress.of(1L << 48))
        .isInstanceOf(InvalidAddressException.class)
        .hasMessageContaining("1000000000000");
  }
}
