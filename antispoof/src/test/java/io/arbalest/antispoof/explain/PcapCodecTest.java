package io.arbalest.antispoof.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PcapCodecTest {
  private static final PcapPacket PACKET =
      new PcapPacket(1_700_000_000L, 123_456_789, 1500, new byte[] {1, 2, 3});

  private static byte[] file(PcapPacket... packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PcapCodec.header());
    for (PcapPacket packet : packets) {
      out.writeBytes(PcapCodec.packet(packet));
    }
    return out.toByteArray();
  }

  @Test
  void shouldWriteWhatTcpdumpReads() {
    assertThat(HexFormat.of().formatHex(file(PACKET)))
        .isEqualTo(
            "a1b23c4d00020004000000000000000000040000"
                + "00000001"
                + "6553f100"
                + "075bcd15"
                + "00000003"
                + "000005dc"
                + "010203");
  }

  @Test
  void shouldReadWhatItWrote() {
    List<PcapPacket> read = PcapCodec.decode(file(PACKET, PACKET));
    assertThat(read).hasSize(2);
    assertThat(read.getLast().seconds()).isEqualTo(1_700_000_000L);
    assertThat(read.getLast().nanos()).isEqualTo(123_456_789);
    assertThat(read.getLast().length()).isEqualTo(1500);
    assertThat(read.getLast().bytes()).containsExactly(1, 2, 3);
    assertThat(PcapCodec.decode(PcapCodec.header())).isEmpty();
  }

  @Test
  void shouldReadMicrosecondsInTheOtherByteOrder() {
    ByteBuffer file = ByteBuffer.allocate(24 + 16 + 2).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
    file.putInt(0).putInt(0).putInt(65535).putInt(1);
    file.putInt(7).putInt(250_000).putInt(2).putInt(60).put(new byte[] {5, 6});
    PcapPacket packet = PcapCodec.decode(file.array()).getFirst();
    assertThat(packet.seconds()).isEqualTo(7);
    assertThat(packet.nanos()).isEqualTo(250_000_000);
    assertThat(packet.length()).isEqualTo(60);
    assertThat(packet.bytes()).containsExactly(5, 6);
  }

  @Test
  void shouldLeaveOutALastPacketThatIsNotAllThere() {
    byte[] whole = file(PACKET, PACKET);
    for (int length = 24 + 19; length < whole.length; length++) {
      assertThat(PcapCodec.decode(Arrays.copyOf(whole, length))).hasSize(1);
    }
  }

  @Test
  void shouldSayWhatItDoesNotRead() {
    assertThatThrownBy(() -> PcapCodec.decode(new byte[23]))
        .isInstanceOf(InvalidPcapException.class)
        .hasMessage("23 bytes are fewer than a header's 24");
    assertThatThrownBy(() -> PcapCodec.decode(new byte[24]))
        .hasMessage("it does not start as a capture does");
    byte[] wireless = file(PACKET);
    wireless[23] = 105;
    assertThatThrownBy(() -> PcapCodec.decode(wireless))
        .hasMessage("link type 105; allowed: 1 (Ethernet)");
    byte[] next = file(PACKET);
    ByteBuffer.wrap(next).putInt(0, 0x0a0d0d0a);
    assertThatThrownBy(() -> PcapCodec.decode(next))
        .hasMessage("this is pcapng; only the classic pcap is read");
    byte[] huge = file(PACKET);
    ByteBuffer.wrap(huge).putInt(24 + 8, -1);
    assertThatThrownBy(() -> PcapCodec.decode(huge))
        .hasMessage("packet 1 has 4294967295 bytes; at most 262144 are allowed");
  }

  @Test
  void shouldTakeAnyBytesOrRefuseThem() {
    Random random = new Random(11);
    byte[] good = file(PACKET, PACKET, PACKET);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 20));
      for (int edit = random.nextInt(4); edit > 0 && bytes.length > 0; edit--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        PcapCodec.decode(bytes).forEach(p -> assertThat(p.length()).isNotNegative());
      } catch (InvalidPcapException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void shouldRefusePacketsThatCannotBe() {
    assertThatThrownBy(() -> new PcapPacket(0, 1_000_000_000, 0, new byte[0]))
        .hasMessage("nanos 1000000000: 0 to 999999999 is allowed");
    assertThatThrownBy(() -> new PcapPacket(0, 0, 1, new byte[2]))
        .hasMessage("length 1: at least the 2 bytes there are");
  }
}
