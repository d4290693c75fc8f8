package io.arbalest.antispoof;

import io.arbalest.antispoof.Frames.Bootp;
import io.arbalest.linux.net.MacAddress;
import java.util.ArrayList;
import java.util.List;

/** Makes UDP datagrams, those of DHCP and DHCPv6 above all, with few mistakes each. */
final class DhcpGenerator {
  private static final int[] PORTS = {67, 68, 546, 547, 53, 4788, 4789, 4791};
  private static final List<byte[]> IDENTIFIERS =
      List.of(
          Frames.join(Frames.bytes(1), Frames.MAC.toBytes()),
          Frames.bytes(255, 0, 1, 2, 3),
          Frames.bytes(255, 0, 1, 2),
          Frames.bytes('w', 'e', 'b'),
          Frames.duidLl(Frames.MAC),
          Frames.duidLlt(Frames.MAC),
          Frames.duidLl(Frames.OTHER_MAC),
          Frames.duidLlt(Frames.OTHER_MAC),
          Frames.bytes(1),
          Frames.bytes());

  private final Dice dice;

  DhcpGenerator(Dice dice) {
    this.dice = dice;
  }

  /** Honest but for more options than are followed: in strict form, or even in that of illumos. */
  byte[] endless() {
    return Frames.udp(68, 67, Frames.bootp(Bootp.REQUEST, new byte[dice.pick(66, 2052)]));
  }

  /** The same of DHCPv6. */
  byte[] endless6() {
    return Frames.udp(546, 547, Frames.dhcp6(1, new byte[4 * dice.pick(33, 513)]));
  }

  /** Often the ports of one of the four DHCP directions. */
  byte[] udp() {
    byte[] datagram =
        switch (dice.below(6)) {
          case 0, 1 -> Frames.udp(68, 67, bootp());
          case 2 -> Frames.udp(546, 547, dhcp6());
          case 3 -> Frames.udp(dice.pick(67, 547), dice.pick(67, 68, 546), bootp());
          case 4 -> Frames.udp(dice.pick(PORTS), dice.pick(PORTS), dhcp6());
          default -> Frames.udp(dice.pick(PORTS), dice.pick(PORTS));
        };
    return dice.chance(40)
        ? Frames.cut(datagram, dice.below(Math.min(14, datagram.length)))
        : datagram;
  }

  byte[] bootp() {
    MacAddress client = dice.chance(12) ? Frames.OTHER_MAC : Frames.MAC;
    Bootp header = new Bootp(rarely(1, 2), rarely(1, 6), rarely(6, 5), client);
    byte[] message = Frames.bootp(header, options());
    if (dice.chance(24)) {
      message[dice.pick(24, 27, 236, 239)] ^= 0x40;
    }
    return message;
  }

  private int rarely(int usual, int other) {
    return dice.chance(24) ? other : usual;
  }

  private byte[] options() {
    int count = dice.chance(60) ? dice.pick(64, 65, 70) : dice.below(5);
    List<byte[]> options = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      options.add(count > 5 ? Frames.option(100, Frames.bytes(i)) : option());
    }
    options.add(dice.chance(6) ? new byte[0] : Frames.bytes(dice.chance(12) ? 12 : 255));
    return Frames.join(options.toArray(byte[][]::new));
  }

  private byte[] option() {
    return switch (dice.below(9)) {
      case 0 -> new byte[dice.between(1, 4)];
      case 1, 2 -> Frames.option(61, dice.pick(IDENTIFIERS));
      case 3, 4 -> Frames.option(53, Frames.bytes(dice.pick(1, 3, 4, 7, 8, 3, 2, 9)));
      case 5 -> Frames.option(dice.pick(50, 54), new byte[rarely(4, 3)]);
      case 6 -> Frames.option(dice.pick(12, 55, 60), new byte[dice.below(8)]);
      case 7 ->
          dice.chance(2) ? Frames.option(52, Frames.bytes(1)) : Frames.option(53, new byte[2]);
      default -> Frames.bytes(dice.pick(61, 12), dice.between(1, 60));
    };
  }

  byte[] dhcp6() {
    int type = dice.chance(8) ? dice.below(40) : dice.pick(1, 3, 4, 5, 6, 8, 9, 11, 36);
    if (dice.chance(40)) {
      return new byte[dice.below(4)];
    }
    int count = dice.chance(40) ? dice.pick(32, 33, 40) : dice.below(4);
    byte[][] options = new byte[count][];
    for (int i = 0; i < count; i++) {
      options[i] = count > 4 ? Frames.option6(100 + i, Frames.bytes()) : option6();
    }
    return Frames.dhcp6(type, options);
  }

  private byte[] option6() {
    return switch (dice.below(6)) {
      case 0, 1, 2 -> Frames.option6(1, dice.pick(IDENTIFIERS));
      case 3 -> Frames.option6(dice.pick(2, 3, 6, 8, 257), new byte[dice.below(16)]);
      case 4 -> Frames.option6(8, new byte[2]);
      default -> Frames.bytes(0, dice.pick(1, 8), 0, dice.below(20));
    };
  }
}
