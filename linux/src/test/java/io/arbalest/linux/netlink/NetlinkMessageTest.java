package io.arbalest.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetlinkMessageTest {
  @Test
  void shouldReadBackWhatItEncodes() {
    NetlinkMessage message = new NetlinkMessage(16, 0x605, 7, 42, new byte[] {1, 2, 3, 4, 5});
    byte[] bytes = message.encode();
    assertThat(bytes).hasSize(24);
    byte[] two = Arrays.copyOf(bytes, 48);
    System.arraycopy(bytes, 0, two, 24, 24);
    List<NetlinkMessage> read = NetlinkMessage.decode(two);
    assertThat(read).hasSize(2);
    assertThat(read.getLast().type()).isEqualTo(16);
    assertThat(read.getLast().flags()).isEqualTo(0x605);
    assertThat(read.getLast().sequence()).isEqualTo(7);
    assertThat(read.getLast().port()).isEqualTo(42);
    assertThat(read.getLast().length()).isEqualTo(5);
    assertThat(read.getLast().body().get(4)).isEqualTo((byte) 5);
    assertThat(read.getLast().encode()).isEqualTo(bytes);
  }

  @Test
  void shouldKeepTheMessagesBeforeOneThatIsCutOff() {
    byte[] bytes = new NetlinkMessage(16, 0, 1, 0, new byte[8]).encode();
    byte[] two = Arrays.copyOf(bytes, 44);
    System.arraycopy(bytes, 0, two, 24, 20);
    assertThat(NetlinkMessage.decode(two)).hasSize(1);
    assertThat(NetlinkMessage.decode(new byte[15])).isEmpty();
    assertThat(NetlinkMessage.decode(new byte[64])).isEmpty();
  }

  @Test
  void shouldReadTheKernelsOwnRefusal() throws IOException {
    String capture;
    try (InputStream in = NetlinkMessageTest.class.getResourceAsStream("error-mtu.txt")) {
      capture = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    String received = capture.lines().filter(l -> l.startsWith("< ")).findFirst().orElseThrow();
    NetlinkMessage message =
        NetlinkMessage.decode(HexFormat.of().parseHex(received.substring(2))).getFirst();
    Acknowledgement refusal = Acknowledgement.decode(message);
    assertThat(refusal.error()).isEqualTo(22);
    assertThat(refusal.words()).isEqualTo("mtu less than device minimum");
    assertThat(refusal.detail()).isEqualTo("mtu less than device minimum");
  }

  @Test
  void shouldNeitherThrowNorLoopOnAnyBytes() {
    Random random = new Random(16);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      for (int at = 0; at + 3 < bytes.length; at += 4 * (1 + random.nextInt(9))) {
        bytes[at] = (byte) random.nextInt(64);
        bytes[at + 1] = 0;
        bytes[at + 2] = 0;
        bytes[at + 3] = (byte) (random.nextInt(20) == 0 ? 0x80 : 0);
      }
      for (NetlinkMessage message : NetlinkMessage.decode(bytes)) {
        assertThat(message.length()).isLessThan(bytes.length);
        message.attributes(random.nextInt(64));
        Acknowledgement.decode(message).detail();
        assertThat(NetlinkMessage.decode(message.encode())).hasSize(1);
      }
    }
  }
}
