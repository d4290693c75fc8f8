package io.arbalest.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributesTest {
  @Test
  void shouldReadBackWhatTheWriterWrote() {
    byte[] bytes =
        new NetlinkWriter()
            .putU8(1, 0xfe)
            .putU16(2, 0xfedc)
            .putU32(3, 0xfedcba98)
            .putU16Be(5, 4789)
            .putString(6, "zone/π")
            .putFlag(7)
            .nest(8 | Attributes.NESTED, w -> w.putString(53, "a").putString(53, "bc"))
            .putBytes(9, new byte[] {1, 2, 3})
            .toBytes();
    Attributes read = Attributes.decode(bytes, 0);
    assertThat(read.isComplete()).isTrue();
    assertThat(read.types()).containsExactly(1, 2, 3, 5, 6, 7, 8, 9);
    assertThat(read.u8(1)).hasValue(0xfe);
    assertThat(read.u16(2)).hasValue(0xfedc);
    assertThat(read.u32(3)).hasValue(0xfedcba98L);
    assertThat(read.s32(3)).hasValue(0xfedcba98);
    assertThat(read.u16Be(5)).hasValue(4789);
    assertThat(read.string(6)).contains("zone/π");
    assertThat(read.has(7)).isTrue();
    assertThat(read.nested(8).strings(53)).containsExactly("a", "bc");
    assertThat(read.bytes(9)).hasValueSatisfying(b -> assertThat(b).containsExactly(1, 2, 3));
    assertThat(read.has(10)).isFalse();
    assertThat(read.nested(10).types()).isEmpty();
  }

  @Test
  void shouldBeEmptyForAWrongLength() {
    Attributes read = Attributes.decode(new NetlinkWriter().putBytes(1, new byte[3]).toBytes(), 0);
    assertThat(read.u8(1)).isEmpty();
    assertThat(read.u16(1)).isEmpty();
    assertThat(read.u16Be(1)).isEmpty();
    assertThat(read.u32(1)).isEmpty();
    assertThat(read.s32(1)).isEmpty();
    assertThat(read.u64(1)).isEmpty();
    assertThat(read.string(1)).contains("");
  }

  @Test
  void shouldStopAtTheFirstAttributeThatDoesNotFit() {
    byte[] good = new NetlinkWriter().putU32(1, 7).toBytes();
    byte[] bytes = Arrays.copyOf(good, good.length + 6);
    bytes[good.length] = 40;
    Attributes read = Attributes.decode(bytes, 0);
    assertThat(read.isComplete()).isFalse();
    assertThat(read.u32(1)).hasValue(7);
    assertThat(Attributes.decode(good, 99).isComplete()).isFalse();
    assertThat(Attributes.decode(HexFormat.of().parseHex("0300"), 0).isComplete()).isFalse();
    assertThat(Attributes.decode(HexFormat.of().parseHex("03000100"), 0).types()).isEmpty();
  }

  @Test
  void shouldReadTheLastOfARepeatedType() {
    byte[] bytes = new NetlinkWriter().putU32(1, 7).putU32(1, 8).toBytes();
    assertThat(Attributes.decode(bytes, 0).u32(1)).hasValue(8);
    assertThat(Attributes.decode(bytes, 0).all(1)).hasSize(2);
  }

  @Test
  void shouldRefuseWhatTheKernelWouldMisread() {
    NetlinkWriter writer = new NetlinkWriter();
    assertThatThrownBy(() -> writer.putString(1, "a\0b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NUL");
    assertThatThrownBy(() -> writer.putBytes(1, new byte[65_532]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536 bytes");
  }

  @Test
  void shouldNeitherThrowNorLoopOnAnyBytes() {
    Random random = new Random(8127);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(96)];
      random.nextBytes(bytes);
      // Small lengths make nesting and almost-fitting likely.
      for (int at = 0; at + 1 < bytes.length; at += 4 * (1 + random.nextInt(6))) {
        bytes[at] = (byte) random.nextInt(40);
        bytes[at + 1] = 0;
      }
      Attributes read = Attributes.decode(bytes, random.nextInt(5) - 1);
      for (int type : read.types()) {
        read.nested(type).types();
        read.string(type);
        read.u64(type);
        read.strings(type);
      }
      assertThat(read.types().size()).isLessThanOrEqualTo(24);
    }
  }
}
