package io.arbalest.linux.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VnetHeaderTest {
  @Test
  void shouldReadATcpAggregateAsTheKernelWritesIt() {
    // needs checksum, TCPv4, 54 bytes of headers, segments of 1448, checksum from 34 at 16.
    byte[] bytes = HexFormat.of().parseHex("01013600a80522001000");
    VnetHeader header = VnetHeader.decode(MemorySegment.ofArray(bytes), 0).orElseThrow();
    assertThat(header)
        .isEqualTo(
            new VnetHeader(VnetHeader.NEEDS_CHECKSUM, VnetHeader.GSO_TCPV4, 54, 1448, 34, 16));
    assertThat(header.needsChecksum()).isTrue();
    assertThat(header.isAggregate()).isTrue();
    assertThat(VnetHeader.NONE.needsChecksum()).isFalse();
    assertThat(VnetHeader.NONE.isAggregate()).isFalse();
  }

  @Test
  void shouldWriteWhatItReadForAnyBytes() {
    Random random = new Random(10);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      int offset = random.nextInt(8) - 1;
      MemorySegment data = MemorySegment.ofArray(bytes);
      byte[] copy = bytes.clone();
      var header = VnetHeader.decode(data, offset);
      assertThat(header.isPresent()).isEqualTo(offset >= 0 && bytes.length - offset >= 10);
      header.ifPresent(h -> h.encode(MemorySegment.ofArray(copy), offset));
      assertThat(copy).isEqualTo(bytes);
    }
  }

  @Test
  void shouldRefuseToWriteOutside() {
    MemorySegment data = MemorySegment.ofArray(new byte[12]);
    assertThatThrownBy(() -> VnetHeader.NONE.encode(data, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
