package io.arbalest.linux.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "10.42.0.10/24, 10.42.0.10/24, 10.42.0.0/24",
    "10.42.0.10, 10.42.0.10/32, 10.42.0.10/32",
    "255.255.255.255/0, 255.255.255.255/0, 0.0.0.0/0",
    "192.0.2.129/25, 192.0.2.129/25, 192.0.2.128/25",
    "fd42::10/64, fd42::10/64, fd42::/64",
    "FD42:0:0:0:0:0:0:10, fd42::10/128, fd42::10/128",
    "::/0, ::/0, ::/0",
    "2001:db8:0:0:1:0:0:1/33, 2001:db8::1:0:0:1/33, 2001:db8::/33",
    "2001:0:1:2:3:4:5:6/128, 2001:0:1:2:3:4:5:6/128, 2001:0:1:2:3:4:5:6/128",
  })
  void shouldReadAndWriteCanonically(String text, String written, String network) {
    IpPrefix prefix = IpPrefix.parse(text);
    assertThat(prefix).hasToString(written);
    assertThat(prefix.network()).hasToString(network);
    assertThat(prefix.network().contains(prefix.address())).isTrue();
    assertThat(IpPrefix.parse(written)).isEqualTo(prefix);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10.1/8",
        "10.0.0.256/8",
        "010.0.0.1/8",
        "10.0.0.1/",
        "10.0.0.1/33",
        "10.0.0.1/-1",
        "10.0.0.1/8/8",
        "10.0.0.1 /8",
        "localhost/8",
        "0x0a000001",
        "1.2.3.4.5",
        "::1/129",
        "fe80::1%1/64",
        "::ffff:10.0.0.1/96",
        "[::1]/64",
        "1::2::3/64",
        ":::/0",
        "12345::/16",
        "fd42::10/6x"
      })
  void shouldRefuseAnythingElse(String text) {
    assertThatThrownBy(() -> IpPrefix.parse(text))
        .isInstanceOf(InvalidAddressException.class)
        .hasMessageContaining("invalid");
  }

  @Test
  void shouldReadBackWhatItWritesForAnyAddress() {
    Random random = new Random(5952);
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = new byte[16];
      for (int g = 0; g < 16; g += 2) {
        int group = random.nextBoolean() ? 0 : random.nextInt(0x10000);
        octets[g] = (byte) (group >> 8);
        octets[g + 1] = (byte) group;
      }
      octets[0] |= 0x20;
      String text = IpLiteral.format(IpLiteral.ofBytes(octets));
      assertThat(IpLiteral.parse(text).getAddress()).as(text).isEqualTo(octets);
    }
  }

  @Test
  void shouldNotContainTheOtherFamily() {
    assertThat(IpPrefix.parse("0.0.0.0/0").contains(IpLiteral.parse("::1"))).isFalse();
    assertThat(IpPrefix.parse("10.0.0.0/8").contains(IpLiteral.parse("11.0.0.1"))).isFalse();
  }
}
