package io.arbalest.zone.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlFrameCodecTest {
  private static String hex(ControlFrame frame) {
    ByteBuffer bytes = ControlFrameCodec.encode(frame);
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    return HexFormat.of().formatHex(array);
  }

  @Test
  void shouldLayFramesOutAsTypeLengthPayload() {
    assertThat(hex(new ControlFrame.Out("hé"))).isEqualTo("010000000368c3a9");
    assertThat(hex(new ControlFrame.Err(""))).isEqualTo("0200000000");
    assertThat(hex(new ControlFrame.Exit(2))).isEqualTo("030000000400000002");
    assertThat(hex(new ControlFrame.Launch(List.of("a", "", "b"))))
        .isEqualTo("04000000056100006200");
  }

  @Test
  void shouldDecodeWhatItEncodes() {
    for (ControlFrame frame :
        List.of(
            new ControlFrame.Out("LINK  OVER\n"),
            new ControlFrame.Err("dladm: link busy\n"),
            new ControlFrame.Exit(255),
            new ControlFrame.Launch(List.of("/usr/bin/nsenter", "", "x y")))) {
      ByteBuffer bytes = ControlFrameCodec.encode(frame);
      assertThat(ControlFrameCodec.decode(bytes)).contains(frame);
      assertThat(bytes.hasRemaining()).isFalse();
    }
  }

  @Test
  void shouldWaitForTheRestOfAFrame() {
    ByteBuffer whole = ControlFrameCodec.encode(new ControlFrame.Out("abc"));
    for (int length = 0; length < whole.limit(); length++) {
      ByteBuffer part = whole.duplicate().limit(length);
      assertThat(ControlFrameCodec.decode(part)).isEmpty();
      assertThat(part.position()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0900000000,              unknown frame type 9",
    "01ffffffff,              'frame of 4294967295 bytes, at most 1048576'",
    "0100100001,              'frame of 1048577 bytes, at most 1048576'",
    "030000000100,            'exit frame of 1 bytes, must be 4'",
    "040000000161,            launch frame does not end with a zero byte",
    "0400000000,              launch frame does not end with a zero byte"
  })
  void shouldRefuseWhatTheProtocolDoesNotAllow(String hex, String words) {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> ControlFrameCodec.decode(bytes))
        .isInstanceOf(ProtocolException.class)
        .hasMessage(words);
  }

  @Test
  void shouldAnswerAnyBytesWithAFrameOrARefusal() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 4) {
        bytes[0] = (byte) random.nextInt(6);
        bytes[1] = bytes[2] = bytes[3] = 0;
      }
      try {
        ControlFrameCodec.decode(ByteBuffer.wrap(bytes));
      } catch (ProtocolException refused) {
        assertThat(refused).hasMessageContaining("frame");
      }
    }
  }

  @Test
  void shouldRefuseToLaunchNothingOrAZeroByte() {
    assertThatThrownBy(() -> new ControlFrame.Launch(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ControlFrame.Launch(List.of("a\0b")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
