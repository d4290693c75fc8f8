package io.arbalest.vnic;

import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R3;
import static io.arbalest.linux.bpf.asm.Register.R6;

import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;

/**
 * The part of the switch program that tells whether a frame may be of a control protocol: one by
 * which a zone is given addresses or routes.
 *
 * <p>It only has to err on one side, so whatever it cannot read at a glance counts as control: a
 * fragment of UDP, IP options before UDP, an extension header, a header that does not lie in the
 * frame's first piece. TCP is told by its protocol number alone.
 *
 * <p>R6 is the frame; R1 to R3 are lost.
 */
final class ControlTest {
  /** EtherTypes as the word of the frame's protocol has them: in network order. */
  private static final int IPV4 = 0x0008;

  private static final int IPV6 = 0xdd86;

  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;

  private static final int ETHERNET = 14;
  private static final int IPV4_FRAGMENT = ETHERNET + 6;
  private static final int IPV4_PROTOCOL = ETHERNET + 9;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_NEXT = ETHERNET + 6;
  private static final int IPV6_HEADER = 40;
  private static final int UDP_DESTINATION = 2;
  private static final int UDP_HEADER = 8;

  /** Version 4, and a header of five words: no options. */
  private static final int PLAIN_IPV4 = 0x45;

  /** "More fragments" and the offset, read as a little-endian half. */
  private static final int FRAGMENT_BITS = 0xff3f;

  /** DHCP client and DHCPv6 client, read as little-endian halves. */
  private static final int DHCP_CLIENT = 68 << 8;

  private static final int DHCPV6_CLIENT = (546 & 0xff) << 8 | 546 >> 8;

  private static final int ROUTER_ADVERTISEMENT = 134;
  private static final int REDIRECT = 137;

  private final Assembler asm;
  private final Label control;
  private final Label other;

  /**
   * @param control where to go on with a frame that may be control
   * @param other where to go on with all others
   */
  ControlTest(Assembler asm, Label control, Label other) {
    this.asm = asm;
    this.control = control;
    this.other = other;
  }

  void emit() {
    Label ipv6 = asm.label("ipv6");
    asm.load(Size.WORD, R3, R6, SkBuff.PROTOCOL);
    asm.load(Size.WORD, R1, R6, SkBuff.DATA).load(Size.WORD, R2, R6, SkBuff.DATA_END);
    asm.jump(JumpOp.JEQ, R3, IPV6, ipv6);
    asm.jump(JumpOp.JNE, R3, IPV4, other);
    ipv4();
    asm.bind(ipv6);
    ipv6();
  }

  /** R3 = where the frame has to reach, at least, for the bytes up to there to be read. */
  private void need(int bytes) {
    asm.mov(R3, R1).add(R3, bytes).jump(JumpOp.JGT, R3, R2, control);
  }

  private void ipv4() {
    need(ETHERNET + IPV4_HEADER + UDP_HEADER);
    asm.load(Size.BYTE, R3, R1, IPV4_PROTOCOL).jump(JumpOp.JNE, R3, UDP, other);
    asm.load(Size.BYTE, R3, R1, ETHERNET).jump(JumpOp.JNE, R3, PLAIN_IPV4, control);
    asm.load(Size.HALF, R3, R1, IPV4_FRAGMENT).jump(JumpOp.JSET, R3, FRAGMENT_BITS, control);
    asm.load(Size.HALF, R3, R1, ETHERNET + IPV4_HEADER + UDP_DESTINATION);
    asm.jump(JumpOp.JEQ, R3, DHCP_CLIENT, control).jump(other);
  }

  private void ipv6() {
    Label udp = asm.label("udp6");
    need(ETHERNET + IPV6_HEADER + UDP_HEADER);
    asm.load(Size.BYTE, R3, R1, IPV6_NEXT).jump(JumpOp.JEQ, R3, TCP, other);
    asm.jump(JumpOp.JEQ, R3, UDP, udp).jump(JumpOp.JNE, R3, ICMPV6, control);
    asm.load(Size.BYTE, R3, R1, ETHERNET + IPV6_HEADER);
    asm.jump(JumpOp.JEQ, R3, ROUTER_ADVERTISEMENT, control);
    asm.jump(JumpOp.JEQ, R3, REDIRECT, control).jump(other);
    asm.bind(udp).load(Size.HALF, R3, R1, ETHERNET + IPV6_HEADER + UDP_DESTINATION);
    asm.jump(JumpOp.JEQ, R3, DHCPV6_CLIENT, control).jump(other);
  }
}
