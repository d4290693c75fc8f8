package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransportPlaceTest {
  private static final int ICMPV6 = 58;

  private static int find(byte[] frame) {
    return TransportPlace.find(MemorySegment.ofArray(frame), 0, frame.length);
  }

  private static void assertFound(byte[] frame, int offset, int protocol) {
    int place = find(frame);
    assertThat(place).isNotEqualTo(TransportPlace.NONE);
    assertThat(TransportPlace.offset(place)).isEqualTo(offset);
    assertThat(TransportPlace.protocol(place)).isEqualTo(protocol);
  }

  private static ByteBuffer v4(int words, int fragment, int protocol) {
    ByteBuffer frame = ByteBuffer.allocate(Ethernet.HEADER + 4 * words + 20);
    frame.putShort(Ethernet.TYPE, (short) Ethernet.TYPE_IPV4);
    frame.put(Ethernet.HEADER, (byte) (0x40 | words));
    frame.putShort(Ethernet.HEADER + Ip.V4_FRAGMENT, (short) fragment);
    return frame.put(Ethernet.HEADER + Ip.V4_PROTOCOL, (byte) protocol);
  }

  /** Pairs of the first two octets of eight-octet headers, after the first "next header". */
  private static byte[] v6(int next, int... headers) {
    int l4 = Ethernet.HEADER + Ip.V6_HEADER;
    ByteBuffer frame = ByteBuffer.allocate(l4 + 4 * headers.length + 20);
    frame.putShort(Ethernet.TYPE, (short) Ethernet.TYPE_IPV6);
    frame.put(Ethernet.HEADER + Ip.V6_NEXT_HEADER, (byte) next);
    for (int i = 0; i < headers.length; i += 2) {
      frame.put(l4 + 4 * i, (byte) headers[i]).put(l4 + 4 * i + 1, (byte) headers[i + 1]);
    }
    return frame.array();
  }

  @Test
  void shouldFindTransportBehindIpv4Options() {
    assertFound(v4(5, Ip.V4_DF, 6).array(), 34, 6);
    assertFound(v4(15, 0, 17).array(), 74, 17);
  }

  @Test
  void shouldFindTransportBehindExtensionHeaders() {
    assertFound(v6(6), 54, 6);
    assertFound(v6(0, 60, 0, 17, 0), 70, 17);
    assertFound(v6(51, ICMPV6, 0), 62, ICMPV6);
    assertFound(v6(60, 43, 0, 135, 0, 139, 0, 140, 0, 0, 0, 17, 0), 102, 17);
  }

  @Test
  void shouldFindTransportBehindTag() {
    ByteBuffer tagged = ByteBuffer.allocate(60);
    tagged.putShort(Ethernet.TYPE, (short) Ethernet.TYPE_VLAN);
    tagged.putShort(Ethernet.TYPE + Ethernet.VLAN_TAG, (short) Ethernet.TYPE_IPV4);
    tagged.put(18, (byte) Ip.V4_PLAIN).put(18 + Ip.V4_PROTOCOL, (byte) 6);
    assertFound(tagged.array(), 38, 6);
  }

  @Test
  void shouldFindNothingInFragmentsAndCutHeaders() {
    assertThat(find(v4(5, 0x2000, 6).array())).isEqualTo(TransportPlace.NONE);
    assertThat(find(v4(5, 1, 6).array())).isEqualTo(TransportPlace.NONE);
    assertThat(find(v4(4, 0, 6).array())).isEqualTo(TransportPlace.NONE);
    assertThat(find(v6(44, 6, 0))).isEqualTo(TransportPlace.NONE);
    assertThat(find(v6(60, 6, 9))).isEqualTo(TransportPlace.NONE);
    assertThat(find(v6(60, 60, 0, 60, 0, 60, 0, 60, 0, 60, 0, 60, 0, 6, 0)))
        .isEqualTo(TransportPlace.NONE);
    assertThat(find(new byte[14])).isEqualTo(TransportPlace.NONE);
    assertThat(find(new byte[60])).isEqualTo(TransportPlace.NONE);
  }

  @Test
  void shouldLetChecksumsBeInTheirOwnPlaceAlone() {
    assertThat(writable(find(v6(17)))).containsExactly(54 + 6);
    assertThat(writable(find(v6(6)))).containsExactly(54 + 16);
    assertThat(writable(find(v6(ICMPV6)))).isEmpty();
    assertThat(writable(find(v6(132)))).isEmpty();
    assertThat(writable(TransportPlace.NONE)).isEmpty();
  }

  private static List<Integer> writable(int place) {
    return IntStream.range(0, 1000)
        .filter(field -> TransportPlace.mayWriteAt(place, field))
        .boxed()
        .toList();
  }
}
