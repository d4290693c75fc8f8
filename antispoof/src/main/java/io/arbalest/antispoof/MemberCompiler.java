package io.arbalest.antispoof;

import static io.arbalest.linux.bpf.asm.Register.R0;
import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R3;
import static io.arbalest.linux.bpf.asm.Register.R4;
import static io.arbalest.linux.bpf.asm.Register.R6;
import static io.arbalest.linux.bpf.asm.Register.R8;

import io.arbalest.antispoof.GuardMaps.Client;
import io.arbalest.antispoof.GuardMaps.Vtep;
import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import java.util.List;

/** Writes the code that asks for membership in the sets of a policy. */
final class MemberCompiler {
  private static final int KEY = Scratch.KEY;

  private final CodeWriter out;
  private final ExprCompiler expressions;

  MemberCompiler(CodeWriter out, ExprCompiler expressions) {
    this.out = out;
    this.expressions = expressions;
  }

  void jump(Cond.Member member, boolean wanted, Label target) {
    List<Expr> key = member.key();
    switch (member.set()) {
      case SOURCE_IPV4, SOURCE_IPV6 -> prefix(key, Rights.SOURCE, wanted, target);
      case OWN_IPV4, OWN_IPV6 -> prefix(key, Rights.OWN, wanted, target);
      case TRUSTED_IPV4, TRUSTED_IPV6 -> prefix(key, Rights.TRUSTED, wanted, target);
      case MAC -> mac(key, wanted, target);
      case VTEP_IPV4, VTEP_IPV6 -> vtep(key, wanted, target);
      case CLIENT_ID -> throw new IllegalArgumentException("client identifiers are bytes");
    }
  }

  /** The longest prefix that covers an address says what the address is good for. */
  private void prefix(List<Expr> key, int right, boolean wanted, Label target) {
    MapSpec map = key.size() == 1 ? GuardMaps.PREFIX4 : GuardMaps.PREFIX6;
    address(key, KEY + 2 * Integer.BYTES);
    int bits = (map.keySize() - MapSpec.LPM_LENGTH_BYTES) * Byte.SIZE;
    out.keep(Size.WORD, KEY, bits);
    id(KEY + Integer.BYTES);
    out.lookup(map);
    Label none = out.label("no_prefix");
    out.jump(JumpOp.JEQ, R0, 0, wanted ? none : target);
    out.asm.load(Size.WORD, R1, R0, 0).and(R1, right);
    out.jump(wanted ? JumpOp.JNE : JumpOp.JEQ, R1, 0, target);
    out.bindIfUsed(none);
  }

  /** One number of 32 bits or two of 64, in network order. */
  private void address(List<Expr> numbers, int place) {
    boolean narrow = numbers.size() == 1;
    Size size = narrow ? Size.WORD : Size.DOUBLE;
    for (int i = 0; i < numbers.size(); i++) {
      expressions.value(numbers.get(i));
      out.asm.toBigEndian(R1, size.bytes() * Byte.SIZE);
      out.keep(size, place + i * size.bytes(), R1);
    }
  }

  private void mac(List<Expr> key, boolean wanted, Label target) {
    expressions.value(key.getFirst());
    out.keep(Size.DOUBLE, KEY + 2 * Integer.BYTES, R1);
    id(KEY);
    out.keep(Size.WORD, KEY + Integer.BYTES, 0);
    found(GuardMaps.MACS, wanted, target);
  }

  private void vtep(List<Expr> key, boolean wanted, Label target) {
    List<Expr> address = key.subList(0, key.size() - 1);
    int octets = KEY + Vtep.ADDRESS;
    if (address.size() == 1) {
      address(address, octets + 12);
      out.keep(Size.DOUBLE, octets, 0);
      out.asm.mov(R1, Vtep.MAPPED).toBigEndian(R1, 32);
      out.keep(Size.WORD, octets + 8, R1);
    } else {
      address(address, octets);
    }
    expressions.value(key.getLast());
    out.keep(Size.WORD, KEY + Vtep.PORT, R1);
    found(GuardMaps.VTEPS, wanted, target);
  }

  private void found(MapSpec map, boolean wanted, Label target) {
    out.lookup(map);
    out.jump(wanted ? JumpOp.JNE : JumpOp.JEQ, R0, 0, target);
  }

  private void id(int place) {
    out.fetch(Size.WORD, R1, Scratch.POLICY + GuardMaps.Policy.ID);
    out.keep(Size.WORD, place, R1);
  }

  /** Bytes of the frame as a key, with zeros after them. */
  void jump(Cond.MemberBytes member, boolean wanted, Label target) {
    Label no = out.label("not_a_member");
    Label never = wanted ? no : target;
    expressions.registers(member.offset(), member.length());
    out.jump(JumpOp.JLT, R2, 1, never);
    out.jump(JumpOp.JGT, R2, Client.MOST_BYTES, never);
    out.jump(JumpOp.JGT, R1, R8, expressions.truncated());
    out.asm.mov(R4, R2).mov(R2, R1);
    id(Scratch.CLIENT + Client.ID);
    out.keep(Size.WORD, Scratch.CLIENT + Client.LENGTH, R4);
    for (int at = 0; at < Client.MOST_BYTES; at += Long.BYTES) {
      out.keep(Size.DOUBLE, Scratch.CLIENT + Client.BYTES + at, 0);
    }
    out.address(R3, Scratch.CLIENT + Client.BYTES);
    out.asm.mov(R1, R6).call(Helper.SKB_LOAD_BYTES);
    out.jump(JumpOp.JNE, R0, 0, expressions.truncated());
    out.lookup(GuardMaps.CLIENTS, Scratch.CLIENT);
    out.jump(wanted ? JumpOp.JNE : JumpOp.JEQ, R0, 0, target);
    out.bindIfUsed(no);
  }
}
