package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdentifierTest {
  @ParameterizedTest
  @CsvSource({
    "0x01, 01",
    "0X01ff, 01ff",
    "0xDeadBeef, deadbeef",
    "1.1.0.2:8:20:11:22:33, 0001000100000000020820112233",
    "1.1.738263811.02:08:20:11:22:33, 000100012c010303020820112233",
    "1.65535.4294967295.a, 0001ffffffffffff0a",
    "2.43793.0102030405060708, 00020000ab110102030405060708",
    "2.0.ff, 000200000000ff",
    "3.1.2:8:20:11:22:33, 00030001020820112233",
    "3.32.0:1:2:3:4:5:6:7, 000300200001020304050607",
    "4.00112233445566778899aabbccddeeff, 000400112233445566778899aabbccddeeff",
    "0.01, 000001",
    "65535.AB, ffffab",
    "01.1.5.2:8:20:11:22:33, 0001000100000005020820112233",
    "web, 776562",
    "0x, 3078",
    "x01, 783031",
    "1, 31",
    "1:2:3, 313a323a33",
    "web.1, 7765622e31",
    "-1.5, 2d312e35",
    "é, c3a9",
  })
  void shouldReadEveryForm(String text, String hex) {
    ClientIdentifier id = ClientIdentifier.parse(text);

    assertThat(HexFormat.of().formatHex(id.bytes())).isEqualTo(hex);
    assertThat(id).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0x0",
        "0x0g",
        "0x 1",
        "0x-1",
        "0x１２",
        "1.",
        "1.1",
        "1.1.2:8:20:11:22:33",
        "1.x.5.2:8:20:11:22:33",
        "1.65536.5.2:8:20:11:22:33",
        "1.1.4294967296.2:8:20:11:22:33",
        "1.1.99999999999999999999.2:8:20:11:22:33",
        "1.1.5.",
        "1.1.5.2:8::11",
        "1.1.5.2:8:200",
        "1.1.5.2:g",
        "2.43793",
        "2.43793.",
        "2.43793.123",
        "2.4294967296.12",
        "2.x.12",
        "3.1",
        "3.1.",
        "3.65536.2:8:20:11:22:33",
        "3.1.2-8-20-11-22-33",
        "4.",
        "4.123",
        "4.xy",
        "65536.12",
        "10.0.0.5",
      })
  void shouldRefuseWhatBeginsAsOneFormAndGoesOnOtherwise(String text) {
    assertThatThrownBy(() -> ClientIdentifier.parse(text))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageStartingWith("allowed-dhcp-cids '" + text + "': ")
        .hasMessageEndingWith(
            "0xHEX, 1.HW.TIME.LLADDR, 2.ENTERPRISE.HEX, 3.HW.LLADDR, N.HEX or a text of at most"
                + " 256 bytes is allowed");
  }

  @Test
  void shouldTakeUpTo256Bytes() {
    assertThat(ClientIdentifier.parse("0x" + "ab".repeat(256)).bytes()).hasSize(256);
    assertThat(ClientIdentifier.parse("a".repeat(256)).bytes()).hasSize(256);
    assertThatThrownBy(() -> ClientIdentifier.parse("0x" + "ab".repeat(257)))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("257 bytes");
    assertThatThrownBy(() -> ClientIdentifier.parse("é".repeat(129)))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("258 bytes");
  }

  @Test
  void shouldWriteWireBytesInHexAndReadThemAgain() {
    byte[] wire = "web".getBytes(StandardCharsets.US_ASCII);
    ClientIdentifier id = ClientIdentifier.of(wire);

    assertThat(id)
        .hasToString("0x776562")
        .isEqualTo(ClientIdentifier.parse("web"))
        .hasSameHashCodeAs(ClientIdentifier.parse("web"))
        .isNotEqualTo(ClientIdentifier.parse("Web"));
    assertThat(ClientIdentifier.parse(id.toString())).isEqualTo(id);
  }

  @Test
  void shouldKeepItsBytes() {
    ClientIdentifier id = ClientIdentifier.parse("0x01");
    id.bytes()[0] = 2;

    assertThat(id.bytes()).containsExactly(1);
  }
}
