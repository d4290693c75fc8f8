package io.arbalest.antispoof;

import io.arbalest.antispoof.Frames.Ipv4;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Makes frames from a grammar that prefers the values on which the rules turn, and then damages
 * some of them. The same seed gives the same frames.
 */
public final class FrameGenerator {
  private static final String[] IPV4 = {
    "10.0.0.5",
    "10.0.0.5",
    "10.0.0.5",
    "10.1.2.3",
    "10.0.0.6",
    "0.0.0.0",
    "127.0.0.1",
    "224.0.0.1",
    "239.255.255.255",
    "255.255.255.255",
    "240.0.0.1",
    "10.2.0.0"
  };
  private static final String[] IPV6 = {
    "fd00::5",
    "fd00::5",
    Frames.LINK_LOCAL,
    Frames.LINK_LOCAL,
    "::",
    "::",
    "::1",
    "fd00::6",
    "fe80::1234",
    "ff02::1",
    "::2",
    "fe80:0:0:1:8:20ff:fe11:2233"
  };

  /** An allowed IPv4 address as IPv6; as a literal it would be read as IPv4. */
  private static final byte[] MAPPED =
      Frames.join(new byte[10], Frames.bytes(255, 255), Frames.ip("10.0.0.5"));

  private static final String[] DESTINATIONS = {
    "fd00::9", "ff02::1", "ff02::2", "ff02::1:ff00:5", "ff02::1:ff11:2233", "ff05::2", "ff02::16"
  };
  private static final int[] PORTS = {67, 68, 546, 547, 53, 4789};
  private static final int[] EXTENSIONS = {0, 43, 44, 51, 60, 135, 139, 140};
  private static final int[] UPPER = {6, 17, 17, 58, 58, 58, 59, 253, 132};
  private static final int[] ICMP6 = {133, 134, 135, 135, 136, 136, 137, 128, 130, 131, 132, 143};
  private static final int[] ND_OPTIONS = {1, 1, 2, 2, 14, 3, 63, 64, 65, 253};
  private static final int[] TYPES = {
    0x8100, 0x88a8, 0x9100, 0x9200, 38, 0x05ff, 0x0600, 0x88cc, 0x8035, 0
  };
  private static final int[] EDGES = {0, 1, 2, 3, 6, 17, 44, 58, 0x7f, 0x80, 0xaa, 0xfe, 0xff};

  /** Policies that together switch every rule. */
  private static final List<PortPolicy> POLICIES =
      List.of(
          DecisionTable.STATIC,
          DecisionTable.STATIC,
          DecisionTable.STATIC,
          DecisionTable.DYNAMIC,
          DecisionTable.EMPTY,
          DecisionTable.GRANTED,
          DecisionTable.MAC_ONLY,
          DecisionTable.IP_ONLY,
          DecisionTable.OPEN,
          DecisionTable.STATIC.with(Protection.of(ProtectionMode.RESTRICTED)),
          new PortPolicy(
              Frames.MAC,
              Protection.of(ProtectionMode.IP_NOSPOOF),
              List.of(IpPrefix.parse("0.0.0.0/0"), IpPrefix.parse("::/0")),
              Set.of(),
              Set.of(Grant.ROUTER)));

  private final SplittableRandom random;

  public FrameGenerator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The policies that {@link #policy} picks from, some of them more than once. */
  public static List<PortPolicy> policies() {
    return POLICIES;
  }

  /** The number of a policy in {@link #policies}. */
  public int policy() {
    return random.nextInt(POLICIES.size());
  }

  /** A frame of at least 14 bytes. */
  public byte[] frame() {
    byte[] frame = Frames.ethernet(source(), 0, payload());
    frame[12] = (byte) (type >> 8);
    frame[13] = (byte) type;
    int damages = chance(2) ? 0 : random.nextInt(1, 4);
    for (int i = 0; i < damages; i++) {
      frame = damaged(frame);
    }
    return frame.length < 14 ? Arrays.copyOf(frame, 14) : frame;
  }

  private int type;

  private byte[] payload() {
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        type = Frames.IPV4;
        return ipv4();
      }
      case 2 -> {
        type = Frames.ARP;
        return arp();
      }
      case 3 -> {
        type = pick(TYPES);
        return Frames.join(Frames.u16(chance(3) ? 0xaaaa : 7), Frames.u16(pick(TYPES)), ipv4());
      }
      default -> {
        type = Frames.IPV6;
        return ipv6();
      }
    }
  }

  private byte[] arp() {
    int operation = chance(8) ? random.nextInt(10) : random.nextInt(1, 3);
    return Frames.arp(operation, mac(), pick(IPV4), pick(IPV4));
  }

  private byte[] ipv4() {
    int words = chance(4) ? random.nextInt(16) : 5;
    int version = chance(16) ? random.nextInt(16) : 4;
    int fragment = chance(4) ? pick(new int[] {0x2000, 0x2001, 185, 0x4000}) : 0;
    int protocol = chance(2) ? Frames.UDP : pick(UPPER);
    return Frames.ipv4(
        new Ipv4(version, words, fragment, protocol),
        pick(IPV4),
        chance(2) ? "255.255.255.255" : "10.0.0.9",
        udp());
  }

  /** Often the ports of one of the four DHCP directions. */
  private byte[] udp() {
    return switch (random.nextInt(4)) {
      case 0 -> Frames.udp(68, 67, new byte[4]);
      case 1 -> Frames.udp(546, 547);
      default -> Frames.udp(pick(PORTS), pick(PORTS));
    };
  }

  private byte[] ipv6() {
    List<Integer> chain = new ArrayList<>();
    int extensions = chance(2) ? 0 : chance(8) ? random.nextInt(5, 8) : random.nextInt(1, 4);
    for (int i = 0; i < extensions; i++) {
      chain.add(chance(2) ? 60 : pick(EXTENSIONS));
    }
    chain.add(pick(UPPER));
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < extensions; i++) {
      parts.add(extension(chain.get(i), chain.get(i + 1)));
    }
    parts.add(upper(chain.getLast()));
    byte[] body = Frames.join(parts.toArray(byte[][]::new));
    int hops = chance(6) ? random.nextInt(256) : 255;
    byte[] packet = Frames.ipv6(hops, pick(IPV6), pick(DESTINATIONS), chain.getFirst(), body);
    if (chance(24)) {
      System.arraycopy(MAPPED, 0, packet, 8, MAPPED.length);
    }
    return packet;
  }

  private byte[] extension(int kind, int next) {
    if (kind == 44) {
      return Frames.fragment(next, chance(3) ? 8 * random.nextInt(9) : 0, chance(2));
    }
    if (kind == 51) {
      int words = random.nextInt(6);
      return Frames.join(Frames.bytes(next, words), new byte[4 * (words + 2) - 2]);
    }
    int units = chance(4) ? random.nextInt(3) : 0;
    return Frames.join(Frames.bytes(next, units), new byte[8 * units + 6]);
  }

  private byte[] upper(int protocol) {
    return switch (protocol) {
      case 17 -> udp();
      case 58 -> icmp6();
      default -> Frames.tcp(1, 2);
    };
  }

  private byte[] icmp6() {
    int kind = pick(ICMP6);
    byte[] fixed =
        switch (kind) {
          case 133 -> new byte[4];
          case 134 -> new byte[12];
          case 137 -> new byte[36];
          default -> Frames.join(new byte[4], Frames.ip(pick(IPV6)));
        };
    return Frames.icmp6(kind, fixed, options());
  }

  private byte[] options() {
    int count = chance(2) ? 0 : chance(8) ? random.nextInt(5, 9) : random.nextInt(1, 4);
    byte[][] options = new byte[count][];
    for (int i = 0; i < count; i++) {
      int option = count > 4 ? 20 + i : pick(ND_OPTIONS);
      int units = chance(8) ? random.nextInt(4) : 1;
      byte[] rest = new byte[Math.max(0, 8 * units - 8)];
      options[i] = Frames.join(Frames.bytes(option, units), mac().toBytes(), rest);
    }
    return Frames.join(options);
  }

  private MacAddress source() {
    return chance(10)
        ? pick(List.of(Frames.OTHER_MAC, MacAddress.ZERO, MacAddress.BROADCAST))
        : Frames.MAC;
  }

  private MacAddress mac() {
    return chance(5) ? Frames.OTHER_MAC : Frames.MAC;
  }

  private byte[] damaged(byte[] frame) {
    byte[] copy = frame.clone();
    int at = random.nextInt(copy.length);
    switch (random.nextInt(6)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[at] = (byte) pick(EDGES);
      case 2 -> copy[at] = (byte) random.nextInt(256);
      case 3 -> {
        return Arrays.copyOf(copy, random.nextInt(14, copy.length + 1));
      }
      case 4 -> {
        return Arrays.copyOf(copy, copy.length + random.nextInt(64));
      }
      default -> {
        byte[] head = Arrays.copyOf(copy, at);
        return Frames.join(head, new byte[8], Arrays.copyOfRange(copy, at, copy.length));
      }
    }
    return copy;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private int pick(int[] values) {
    return values[random.nextInt(values.length)];
  }

  private String pick(String[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
