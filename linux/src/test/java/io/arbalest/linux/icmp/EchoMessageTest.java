package io.arbalest.linux.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EchoMessageTest {
  @Test
  void shouldMatchOnlyItsOwnReply() {
    EchoMessage request = new EchoMessage(false, false, 7, 9);
    byte[] reply = new EchoMessage(false, true, 7, 9).encode();
    assertThat(request.reply().matches(reply)).isTrue();
    assertThat(request.reply().matches(request.encode())).isFalse();
    assertThat(new EchoMessage(false, true, 7, 8).matches(reply)).isFalse();
    assertThat(new EchoMessage(false, true, 6, 9).matches(reply)).isFalse();
  }

  @Test
  void shouldSkipTheIpv4HeaderWithItsOptions() {
    byte[] message = new EchoMessage(true, true, 1, 2).encode();
    byte[] received = new byte[24 + message.length];
    received[0] = 0x46;
    System.arraycopy(message, 0, received, 24, message.length);
    assertThat(new EchoMessage(true, true, 1, 2).matches(received)).isTrue();
  }

  @Test
  void shouldSumToAllOnes() {
    byte[] bytes = new EchoMessage(true, false, 0x1234, 0xfffe).encode();
    int sum = 0;
    for (int at = 0; at < bytes.length; at += 2) {
      sum += ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }
    assertThat((sum & 0xffff) + (sum >>> 16)).isEqualTo(0xffff);
  }

  @Test
  void shouldRefuseEveryTruncation() {
    byte[] message = new EchoMessage(true, true, 1, 2).encode();
    byte[] received = new byte[20 + message.length];
    received[0] = 0x45;
    System.arraycopy(message, 0, received, 20, message.length);
    for (int length = 0; length < 28; length++) {
      assertThat(new EchoMessage(true, true, 1, 2).matches(Arrays.copyOf(received, length)))
          .isFalse();
    }
  }
}
