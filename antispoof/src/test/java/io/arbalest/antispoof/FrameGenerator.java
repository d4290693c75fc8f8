package io.arbalest.antispoof;

import io.arbalest.antispoof.Frames.Ipv4;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.VlanTag;
import io.arbalest.linux.net.MacAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes frames from a grammar that prefers the values on which the rules of both models turn, and
 * then damages some of them. The same seed gives the same frames.
 */
public final class FrameGenerator {
  /** The tunnel end points that the host has while the frames are judged. */
  public static final Set<InetSocketAddress> VTEPS = Policies.VTEPS;

  private static final String[] IPV4 = {
    "10.0.0.5",
    "10.0.0.5",
    "10.0.0.5",
    "10.0.0.77",
    "10.1.2.3",
    "10.0.0.6",
    "10.0.0.1",
    "0.0.0.0",
    "0.0.0.0",
    "127.0.0.1",
    "224.0.0.1",
    "239.255.255.255",
    "255.255.255.255",
    "240.0.0.1",
    "10.2.0.0",
    "192.168.7.7"
  };
  private static final String[] IPV6 = {
    "fd00::5",
    "fd00::5",
    Frames.LINK_LOCAL,
    Frames.LINK_LOCAL,
    Frames.LINK_LOCAL,
    "::",
    "::",
    "::1",
    "fd00::6",
    "fd00::77",
    "fd77::7",
    "fe80::1",
    "fe80::1234",
    "fe80::8:20ff:fe44:5567",
    "ff02::1",
    "::2",
    "fe80:0:0:1:8:20ff:fe11:2233"
  };

  /** An allowed IPv4 address as IPv6; as a literal it would be read as IPv4. */
  private static final byte[] MAPPED =
      Frames.join(new byte[10], Frames.bytes(255, 255), Frames.ip("10.0.0.5"));

  private static final String[] DESTINATIONS4 = {
    "255.255.255.255",
    "255.255.255.255",
    "10.0.0.9",
    "10.0.0.5",
    "10.9.0.1",
    "10.9.0.2",
    "224.0.0.5"
  };
  private static final String[] DESTINATIONS6 = {
    "fd00::9",
    "fd00::5",
    "fd09::1",
    "ff02::1",
    "ff02::2",
    "ff02::1:2",
    "ff02::1:ff00:5",
    "ff02::1:ff11:2233",
    "ff05::2",
    "ff02::16",
    Frames.LINK_LOCAL
  };
  private static final int[] EXTENSIONS = {0, 43, 44, 51, 60, 135, 139, 140};
  private static final int[] UPPER = {6, 17, 17, 58, 58, 58, 59, 253, 132};
  private static final int[] ICMP6 = {133, 134, 135, 135, 136, 136, 137, 128, 130, 131, 132, 143};
  private static final int[] ND_OPTIONS = {1, 1, 2, 2, 14, 3, 63, 64, 65, 253};
  private static final int[] TYPES = {
    0x8100, 0x88a8, 0x9100, 0x9200, 38, 0x05ff, 0x0600, 0x88cc, 0x8035, 0
  };
  private static final int[] EDGES = {0, 1, 2, 3, 6, 17, 44, 58, 0x7f, 0x80, 0xaa, 0xfe, 0xff};
  private static final List<MacAddress> ODD_MACS =
      List.of(Frames.OTHER_MAC, MacAddress.ZERO, MacAddress.BROADCAST, Policies.SECOND_MAC);

  private final Dice dice;
  private final DhcpGenerator dhcp;
  private int type;

  public FrameGenerator(long seed) {
    this.dice = new Dice(seed);
    this.dhcp = new DhcpGenerator(dice);
  }

  /** Policies that together switch every rule; {@link #policy} picks from them. */
  public static List<PortPolicy> policies() {
    return GeneratorPolicies.ALL;
  }

  /** The number of a policy in {@link #policies}. */
  public int policy() {
    return dice.below(policies().size());
  }

  /** A frame from which the kernel may have taken a tag. */
  public Frame next() {
    Frame plain = Frame.of(frame());
    if (!dice.chance(6)) {
      return plain;
    }
    int control = dice.pick(0, 0, 0xe000, 7, 0x1000);
    VlanTag tag = new VlanTag(dice.pick(0x8100, 0x8100, 0x88a8), control);
    return new Frame(plain.bytes(), Optional.of(tag));
  }

  /** The bytes of a frame, at least 14. */
  public byte[] frame() {
    byte[] frame = Frames.ethernet(source(), 0, payload());
    System.arraycopy(destination().toBytes(), 0, frame, 0, MacAddress.LENGTH);
    frame[12] = (byte) (type >> 8);
    frame[13] = (byte) type;
    if (dice.chance(50)) {
      return Arrays.copyOf(frame, dice.between(14, 24));
    }
    int damages = dice.chance(2) ? 0 : dice.between(1, 4);
    for (int i = 0; i < damages; i++) {
      frame = damaged(frame);
    }
    return frame.length < 14 ? Arrays.copyOf(frame, 14) : frame;
  }

  private byte[] payload() {
    if (dice.chance(150)) {
      return endless();
    }
    switch (dice.below(10)) {
      case 8 -> {
        type = Frames.IPV6;
        String source = dice.pick("::", Frames.LINK_LOCAL, "fd00::5");
        return Frames.ipv6(source, dice.pick(DESTINATIONS6), Frames.ICMP6, icmp6());
      }
      case 0, 1, 2 -> {
        type = Frames.IPV4;
        return ipv4();
      }
      case 3 -> {
        type = Frames.ARP;
        return arp();
      }
      case 4 -> {
        type = dice.pick(TYPES);
        byte[] access = Frames.u16(dice.chance(3) ? 0xaaaa : 7);
        return Frames.join(access, Frames.u16(dice.pick(TYPES)), ipv4());
      }
      default -> {
        type = Frames.IPV6;
        return ipv6();
      }
    }
  }

  /** More of something than is followed, and right otherwise. */
  private byte[] endless() {
    type = dice.chance(4) ? Frames.IPV4 : Frames.IPV6;
    if (type == Frames.IPV4) {
      return Frames.ipv4("0.0.0.0", "255.255.255.255", Frames.UDP, dhcp.endless());
    }
    byte[] option = Frames.bytes(20, 1, 0, 0, 0, 0, 0, 0);
    byte[][] many = new byte[257][];
    Arrays.fill(many, option);
    byte[] probe = Frames.solicitation("fd00::9", many);
    return switch (dice.below(3)) {
      case 0 -> Frames.ipv6(Frames.LINK_LOCAL, "ff02::1:2", Frames.UDP, dhcp.endless6());
      case 1 -> Frames.ipv6(Frames.LINK_LOCAL, "fd00::9", Frames.ICMP6, probe);
      default -> Frames.ipv6(Frames.LINK_LOCAL, "fd00::9", 60, headers());
    };
  }

  /** More headers than even the form of illumos follows. */
  private static byte[] headers() {
    byte[] headers = new byte[8 * 258];
    for (int at = 0; at < headers.length; at += 8) {
      headers[at] = 60;
    }
    return headers;
  }

  private byte[] arp() {
    int operation = dice.chance(8) ? dice.below(10) : dice.between(1, 3);
    byte[] packet = Frames.arp(operation, mac(), dice.pick(IPV4), dice.pick(IPV4));
    if (dice.chance(12)) {
      packet[4] = 0; // no hardware addresses
      System.arraycopy(Frames.ip(dice.pick(IPV4)), 0, packet, 8, 4);
    }
    return packet;
  }

  private byte[] ipv4() {
    int words = dice.chance(4) ? dice.below(16) : 5;
    int version = dice.chance(16) ? dice.below(16) : 4;
    int fragment = dice.chance(5) ? dice.pick(0x2000, 0x2000, 0x2001, 185, 0x4000) : 0;
    int protocol = dice.chance(3) ? dice.pick(UPPER) : Frames.UDP;
    return Frames.ipv4(
        new Ipv4(version, words, fragment, protocol),
        dice.pick(IPV4),
        dice.pick(DESTINATIONS4),
        dhcp.udp());
  }

  private byte[] ipv6() {
    List<Integer> chain = new ArrayList<>();
    int extensions = dice.chance(2) ? 0 : dice.chance(8) ? dice.between(5, 8) : dice.between(1, 4);
    for (int i = 0; i < extensions; i++) {
      chain.add(dice.chance(2) ? 60 : dice.pick(EXTENSIONS));
    }
    chain.add(dice.pick(UPPER));
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < extensions; i++) {
      parts.add(extension(chain.get(i), chain.get(i + 1)));
    }
    parts.add(dice.chance(20) ? new byte[0] : upper(chain.getLast()));
    byte[] body = Frames.join(parts.toArray(byte[][]::new));
    int hops = dice.chance(6) ? dice.below(256) : 255;
    byte[] packet =
        Frames.ipv6(hops, dice.pick(IPV6), dice.pick(DESTINATIONS6), chain.getFirst(), body);
    if (dice.chance(24)) {
      System.arraycopy(MAPPED, 0, packet, 8, MAPPED.length);
    }
    return dice.chance(20) ? Frames.join(packet, new byte[dice.between(1, 40)]) : packet;
  }

  private byte[] extension(int kind, int next) {
    if (kind == 44) {
      return Frames.fragment(next, dice.chance(3) ? 8 * dice.below(9) : 0, dice.chance(2));
    }
    if (kind == 51) {
      int words = dice.below(6);
      return Frames.join(Frames.bytes(next, words), new byte[4 * (words + 2) - 2]);
    }
    int units = dice.chance(4) ? dice.below(3) : 0;
    return Frames.join(Frames.bytes(next, units), new byte[8 * units + 6]);
  }

  private byte[] upper(int protocol) {
    return switch (protocol) {
      case 17 -> dhcp.udp();
      case 58 -> icmp6();
      default -> Frames.tcp(1, 2);
    };
  }

  private byte[] icmp6() {
    int kind = dice.pick(ICMP6);
    byte[] fixed =
        switch (kind) {
          case 133 -> new byte[4];
          case 134 -> new byte[12];
          case 137 -> new byte[36];
          default -> Frames.join(new byte[4], Frames.ip(dice.pick(IPV6)));
        };
    return Frames.icmp6(kind, fixed, options());
  }

  private byte[] options() {
    int few = dice.chance(8) ? dice.between(5, 9) : dice.between(1, 4);
    int count = dice.chance(2) ? 0 : few;
    byte[][] options = new byte[count][];
    for (int i = 0; i < count; i++) {
      int option = count > 4 ? 20 + i : dice.pick(ND_OPTIONS);
      int units = dice.chance(8) ? dice.below(4) : 1;
      byte[] rest = new byte[Math.max(0, 8 * units - 8)];
      options[i] = Frames.join(Frames.bytes(option, units), mac().toBytes(), rest);
    }
    return Frames.join(options);
  }

  private MacAddress source() {
    return dice.chance(8) ? dice.pick(ODD_MACS) : Frames.MAC;
  }

  private MacAddress destination() {
    return dice.chance(3) ? dice.pick(ODD_MACS) : Frames.MAC;
  }

  private MacAddress mac() {
    return dice.chance(5) ? Frames.OTHER_MAC : Frames.MAC;
  }

  private byte[] damaged(byte[] frame) {
    byte[] copy = frame.clone();
    int at = dice.below(copy.length);
    switch (dice.below(6)) {
      case 0 -> copy[at] ^= (byte) (1 << dice.below(8));
      case 1 -> copy[at] = (byte) dice.pick(EDGES);
      case 2 -> copy[at] = (byte) dice.below(256);
      case 3 -> {
        return Arrays.copyOf(copy, dice.between(14, copy.length + 1));
      }
      case 4 -> {
        return Arrays.copyOf(copy, copy.length + dice.below(64));
      }
      default -> {
        byte[] head = Arrays.copyOf(copy, at);
        return Frames.join(head, new byte[8], Arrays.copyOfRange(copy, at, copy.length));
      }
    }
    return copy;
  }
}
