package io.arbalest.linux.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {
  @Test
  void shouldMatchTheExampleOfRfc1071() {
    byte[] data = HexFormat.of().parseHex("0001f203f4f5f6f7");
    assertThat(InternetChecksum.sum(data, 0, data.length)).isEqualTo(0xddf2);
    assertThat(InternetChecksum.finish(0xddf2)).isEqualTo(0x220d);
  }

  @Test
  void shouldMatchTheObviousSumForAnyRange() {
    Random random = new Random(1071);
    byte[] data = new byte[70_000];
    random.nextBytes(data);
    for (int i = 0; i < 2_000; i++) {
      int offset = random.nextInt(64);
      int length = random.nextInt(i % 10 == 0 ? 65_536 : 200);
      assertThat(InternetChecksum.sum(data, offset, length))
          .as("%d+%d", offset, length)
          .isEqualTo(obvious(data, offset, length));
    }
  }

  @Test
  void shouldFoldTheLargestSums() {
    byte[] ones = new byte[65_536];
    java.util.Arrays.fill(ones, (byte) 0xff);
    assertThat(InternetChecksum.sum(ones, 0, ones.length)).isEqualTo(0xffff);
    assertThat(InternetChecksum.fold(-1L)).isEqualTo(0xffff);
    assertThat(InternetChecksum.fold(0)).isZero();
    assertThat(InternetChecksum.finish(0x1_0000)).isEqualTo(0xfffe);
  }

  private static long obvious(byte[] data, int offset, int length) {
    long sum = 0;
    for (int i = 0; i < length; i++) {
      int octet = data[offset + i] & 0xff;
      sum += i % 2 == 0 ? octet << 8 : octet;
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return sum;
  }
}
