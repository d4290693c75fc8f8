package io.arbalest.vnic;

import static io.arbalest.linux.bpf.asm.Register.R0;
import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R10;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R3;
import static io.arbalest.linux.bpf.asm.Register.R4;
import static io.arbalest.linux.bpf.asm.Register.R6;
import static io.arbalest.linux.bpf.asm.Register.R7;
import static io.arbalest.linux.bpf.asm.Register.R8;

import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.net.MacAddress;

/**
 * The part of the switch program that lets a shared address follow who sends from it: a port that
 * has a right to the frame's source has that address from now on.
 *
 * <p>The entry is changed only when it differs, so a steady owner costs two lookups.
 *
 * <p>R6 is the frame, R7 the port's record; R8 and R0 to R5 are lost.
 */
final class SharedMove {
  private final Assembler asm;
  private final int source;
  private final int key;
  private final Label done;

  /**
   * @param source stack: the port that the frame came in by
   * @param key stack: room for a {@link ForwardKey}
   * @param done where to go on
   */
  SharedMove(Assembler asm, int source, int key, Label done) {
    this.asm = asm;
    this.source = source;
    this.key = key;
    this.done = done;
  }

  void emit(Label start) {
    int mac = key + SwitchLayout.FORWARD_KEY_MAC;
    asm.bind(start).mov(R1, R6).mov(R2, MacAddress.LENGTH).mov(R3, R10).add(R3, mac);
    asm.comment("the source address").mov(R4, MacAddress.LENGTH).call(Helper.SKB_LOAD_BYTES);
    asm.jump(JumpOp.JNE, R0, 0, done);
    findRight();
    moveUnlessThere();
  }

  /** R8 = the entry that the port may put up, whose key has the port in the switch's place. */
  private void findRight() {
    asm.load(Size.WORD, R1, R10, source);
    asm.store(Size.WORD, R10, key + SwitchLayout.FORWARD_KEY_SWITCH, R1);
    asm.store(Size.HALF, R10, key + SwitchLayout.FORWARD_KEY_VID, 0);
    lookup(SwitchLayout.SHARED);
    asm.jump(JumpOp.JEQ, R0, 0, done).mov(R8, R0);
  }

  /** An address that is one port's alone stays there, whatever rights there are. */
  private void moveUnlessThere() {
    Label move = asm.label("move");
    Label shared = asm.label("shared");
    asm.load(Size.WORD, R1, R7, SwitchLayout.PORT_SWITCH);
    asm.store(Size.WORD, R10, key + SwitchLayout.FORWARD_KEY_SWITCH, R1);
    asm.load(Size.HALF, R1, R7, SwitchLayout.PORT_VID);
    asm.store(Size.HALF, R10, key + SwitchLayout.FORWARD_KEY_VID, R1);
    lookup(SwitchLayout.FORWARD);
    asm.jump(JumpOp.JEQ, R0, 0, move);
    asm.load(Size.WORD, R1, R0, SwitchLayout.FORWARD_FLAGS);
    asm.jump(JumpOp.JSET, R1, SwitchLayout.FORWARD_SHARED, shared).jump(done);
    asm.bind(shared).load(Size.DOUBLE, R1, R0, 0).load(Size.DOUBLE, R2, R8, 0);
    asm.jump(JumpOp.JEQ, R1, R2, done);
    asm.bind(move).loadMap(R1, SwitchLayout.FORWARD).mov(R2, R10).add(R2, key);
    asm.mov(R3, R8).mov(R4, 0).call(Helper.MAP_UPDATE_ELEM).jump(done);
  }

  private void lookup(String map) {
    asm.loadMap(R1, map).mov(R2, R10).add(R2, key).call(Helper.MAP_LOOKUP_ELEM);
  }
}
