package io.arbalest.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VxlanCodecTest {
  @Test
  void shouldRoundTripEveryBitOfTheVni() {
    for (int bit = 0; bit < 24; bit++) {
      VxlanHeader header = new VxlanHeader(new Vni(1 << bit));
      assertThat(VxlanCodec.decode(VxlanCodec.encode(header))).contains(header);
    }
  }

  @Test
  void shouldWriteTheOctetsOfTheRfc() {
    assertThat(VxlanCodec.encode(new VxlanHeader(new Vni(0x123456))))
        .isEqualTo(HexFormat.of().parseHex("0800000012345600"));
  }

  @Test
  void shouldReadWhatTheKernelsVxlanDeviceSends() {
    // UDP payload of an ARP request through "type vxlan id 78", captured on the wire.
    byte[] captured =
        HexFormat.of()
            .parseHex(
                "0800000000004e00ffffffffffffd27d7c34c48f08060001080006040001"
                    + "d27d7c34c48f0a0800010000000000000a080002");
    VxlanHeader header = VxlanCodec.decode(captured).orElseThrow();
    assertThat(header).isEqualTo(new VxlanHeader(new Vni(78)));
    assertThat(VxlanCodec.encode(header)).isEqualTo(first(captured));
  }

  @Test
  void shouldAcceptExactlyWhatItWouldWrite() {
    Random random = new Random(7348);
    for (int i = 0; i < 100_000; i++) {
      byte[] octets = new byte[random.nextInt(12)];
      random.nextBytes(octets);
      if (octets.length >= 8 && random.nextBoolean()) {
        octets[0] = 8;
        octets[1] = octets[2] = octets[3] = 0;
        octets[7] = (byte) (random.nextInt(4) == 0 ? 1 : 0);
      }
      VxlanCodec.decode(octets)
          .ifPresent(h -> assertThat(VxlanCodec.encode(h)).isEqualTo(first(octets)));
    }
  }

  @Test
  void shouldRefuseAClearFlagAndEachReservedBit() {
    byte[] good = VxlanCodec.encode(new VxlanHeader(new Vni(Vni.MAX)));
    for (int bit = 0; bit < 64; bit++) {
      byte[] changed = good.clone();
      changed[bit / 8] ^= (byte) (0x80 >>> bit % 8);
      boolean vniBit = bit >= 32 && bit < 56;
      assertThat(VxlanCodec.decode(changed).isPresent()).as("bit %d", bit).isEqualTo(vniBit);
    }
  }

  @Test
  void shouldSayWhichVnisAreAllowed() {
    assertThatThrownBy(() -> new Vni(1 << 24))
        .hasMessage("invalid VNI '16777216': 0 to 16777215 are allowed");
  }

  private static byte[] first(byte[] octets) {
    return java.util.Arrays.copyOf(octets, VxlanCodec.LENGTH);
  }
}
