package io.arbalest.overlay;

import io.arbalest.linux.net.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Frames with offload headers that lie, made from a seed. */
final class HostileFrames {
  static final MacAddress WEB = MacAddress.parse("2:8:20:0:0:a");
  static final MacAddress DB = MacAddress.parse("2:8:20:0:0:14");

  private static final int VNET = 10;
  private static final int ETHERNET = 14;
  private static final MacAddress[] DESTINATIONS = {
    DB,
    DB,
    DB,
    WEB,
    MacAddress.parse("2:8:20:0:0:99"),
    MacAddress.BROADCAST,
    MacAddress.parse("33:33:0:0:0:1")
  };
  private static final int[] GSO_TYPES = {0, 0, 1, 1, 4, 5, 3, 0x81, 0x84, 7};
  private static final int[] TYPES = {0x0800, 0x0800, 0x86dd, 0x0806, 0x8100, 0x88b5};
  private static final int[] SIZES = {14, 15, 40, 60, 74, 200, 1400, 1464, 3000, 20_000, 60_000};

  private final Random random;

  HostileFrames(long seed) {
    random = new Random(seed);
  }

  /** An offload header in the machine's byte order, then a frame. */
  byte[] next() {
    int length = SIZES[random.nextInt(SIZES.length)] + random.nextInt(3);
    byte[] octets = new byte[VNET + length];
    random.nextBytes(octets);
    ByteBuffer out = ByteBuffer.wrap(octets);
    int type = TYPES[random.nextInt(TYPES.length)];
    boolean tcp = random.nextBoolean();
    out.position(VNET).put(DESTINATIONS[random.nextInt(DESTINATIONS.length)].toBytes());
    out.position(VNET + 6).put(WEB.toBytes());
    out.putShort(VNET + 12, (short) type);
    int l4 = ETHERNET + (type == 0x0800 ? ipv4(out, length, tcp) : ipv6(out, length, tcp));
    if (tcp && octets.length > VNET + l4 + 13 && random.nextInt(4) != 0) {
      out.put(VNET + l4 + 12, (byte) 0x50);
    }
    offload(out, l4, tcp);
    return octets;
  }

  private int ipv4(ByteBuffer out, int length, boolean tcp) {
    if (length >= ETHERNET + 20 && random.nextInt(8) != 0) {
      out.put(VNET + ETHERNET, (byte) 0x45);
      out.putShort(VNET + ETHERNET + 2, (short) (length - ETHERNET));
      out.put(VNET + ETHERNET + 9, (byte) (tcp ? 6 : 17));
    }
    return 20;
  }

  private int ipv6(ByteBuffer out, int length, boolean tcp) {
    if (length >= ETHERNET + 40 && random.nextInt(8) != 0) {
      out.put(VNET + ETHERNET, (byte) 0x60);
      out.putShort(VNET + ETHERNET + 4, (short) (length - ETHERNET - 40));
      out.put(VNET + ETHERNET + 6, (byte) (tcp ? 6 : 17));
    }
    return 40;
  }

  private void offload(ByteBuffer out, int l4, boolean tcp) {
    int gso = GSO_TYPES[random.nextInt(GSO_TYPES.length)];
    int field = tcp ? 16 : 6;
    boolean honest = random.nextInt(3) != 0;
    out.order(ByteOrder.nativeOrder());
    out.put(0, (byte) (gso != 0 || random.nextBoolean() ? 1 : 0));
    out.put(1, (byte) gso);
    out.putShort(2, (short) (honest ? l4 + (tcp ? 20 : 8) : random.nextInt(300)));
    out.putShort(4, (short) (1 + random.nextInt(random.nextInt(8) == 0 ? 65_535 : 1500)));
    out.putShort(6, (short) (honest ? l4 : random.nextInt(2000)));
    out.putShort(8, (short) (honest ? field : random.nextInt(64)));
  }
}
