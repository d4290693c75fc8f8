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
import static io.arbalest.linux.bpf.asm.Register.R9;

import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.linux.bpf.asm.TcAction;

/**
 * The program at the traffic-control ingress of every port and every uplink.
 *
 * <p>An uplink is a port whose address is "everything else", so one program serves both. A frame is
 * redirected, copied or dropped; it never goes on into the host's own stack, and never back to
 * where it came from:
 *
 * <ul>
 *   <li>unicast to a VNIC of the switch: handed to its zone end ({@code redirect_peer}, no queue in
 *       between), or transmitted by its port, past the guard's reception, if its {@link Delivery}
 *       asks for that or it is in the daemon's own namespace;
 *   <li>other unicast: to the uplink; dropped and counted if there is none, or if it came from
 *       there;
 *   <li>a group address: a copy to each other port of the switch, and to the uplink;
 *   <li>unicast in a switch with a port that watches: also a copy to that.
 * </ul>
 *
 * <p>A VNIC's frame that the guard did not mark is dropped. One whose source is a shared address
 * that its port has a right to makes that address lead to the port.
 *
 * <p>Registers: R6 the frame, R7 the port's record and later the switch's, R8 the destination, R9
 * the sender's counters.
 */
final class SwitchProgram {
  /** Name in listings and in the kernel. */
  static final String NAME = "arbalest_switch";

  /** VNICs of one switch: a frame to a group is copied for each. */
  static final int MAX_MEMBERS = 1024;

  /** {@code PACKET_HOST}, {@code linux/if_packet.h}. */
  private static final int PACKET_HOST = 0;

  /** Stack: where the frame came in. */
  private static final int SOURCE = -4;

  /** Stack: the {@link ForwardKey}; its first word alone is the key of the switch. */
  private static final int KEY = -16;

  /** Stack: the interface whose tables are asked next. */
  private static final int TARGET = -20;

  /** Stack: the flag that a port must have to get a copy, 0 for none. */
  private static final int COPY_WANTED = -24;

  /** Stack: the frame, for the function that copies it. */
  private static final int COPY_FRAME = -32;

  /** Stack: the switch's record, likewise. */
  private static final int COPY_SWITCH = -40;

  /** Stack: the lowest of what that function sees. */
  private static final int COPY_CONTEXT = -40;

  /** Stack: the {@link ForwardKey} of the sender's own address, and first its right to it. */
  private static final int SENDER_KEY = -56;

  /** Stack of that function: the member whose tables are asked. */
  private static final int COPY_TARGET = -4;

  private final Assembler asm = new Assembler(NAME);
  private final Label drop = asm.label("drop");
  private final Label unknown = asm.label("unknown");
  private final Label group = asm.label("group");
  private final Label toUplink = asm.label("to_uplink");
  private final Label copy = asm.label("copy_to_member");
  private final Label shares = asm.label("shares");
  private final Label known = asm.label("sender_known");
  private final int passMark;

  private SwitchProgram(int passMark) {
    this.passMark = passMark;
  }

  /**
   * The program for a guard.
   *
   * @param passMark what the guard leaves on frames that pass, 0 for nothing
   */
  static Bytecode assemble(int passMark) {
    return new SwitchProgram(passMark).build();
  }

  private Bytecode build() {
    findPort();
    demandGuard();
    readDestination();
    forwardToPort();
    forwardUnknown();
    copyToGroup();
    new SharedMove(asm, SOURCE, SENDER_KEY, known).emit(shares);
    bindDrop();
    copyToMember();
    return asm.assemble();
  }

  /** R9 = the sender's counters, R7 = its port record. */
  private void findPort() {
    Label counted = asm.label("counted");
    Label untagged = asm.label("untagged");
    asm.mov(R6, R1);
    asm.load(Size.WORD, R1, R6, SkBuff.IFINDEX).store(Size.WORD, R10, SOURCE, R1);
    lookup(SwitchLayout.COUNTERS, SOURCE);
    asm.jump(JumpOp.JNE, R0, 0, counted);
    asm.comment("not one of our ports").mov(R0, TcAction.SHOT).exit();
    asm.bind(counted).mov(R9, R0);
    lookup(SwitchLayout.PORTS, SOURCE);
    dropIfZero(R0, SwitchDrop.NO_PORT, "is_port");
    asm.mov(R7, R0);
    asm.load(Size.WORD, R1, R6, SkBuff.VLAN_PRESENT);
    asm.jump(JumpOp.JEQ, R1, 0, untagged);
    dropFor(SwitchDrop.VLAN_TAG);
    asm.bind(untagged);
  }

  /** A VNIC's frame goes on only if the guard saw it; nobody further on shall see the mark. */
  private void demandGuard() {
    if (passMark == 0) {
      return;
    }
    Label guarded = asm.label("guarded");
    Label judged = asm.label("judged");
    asm.load(Size.HALF, R1, R7, SwitchLayout.PORT_KIND);
    asm.jump(JumpOp.JNE, R1, PortKind.VNIC.number(), guarded);
    asm.load(Size.WORD, R1, R6, SkBuff.MARK).jump(JumpOp.JEQ, R1, passMark, judged);
    dropFor(SwitchDrop.UNGUARDED);
    asm.bind(judged).mov(R1, 0).store(Size.WORD, R6, SkBuff.MARK, R1);
    asm.bind(guarded);
  }

  /** Stack KEY = {switch, VLAN, destination}; goes to "group" for a group address. */
  private void readDestination() {
    Label whole = asm.label("whole");
    int mac = KEY + SwitchLayout.FORWARD_KEY_MAC;
    asm.load(Size.WORD, R1, R7, SwitchLayout.PORT_SWITCH);
    asm.store(Size.WORD, R10, KEY + SwitchLayout.FORWARD_KEY_SWITCH, R1);
    asm.load(Size.HALF, R1, R7, SwitchLayout.PORT_VID);
    asm.store(Size.HALF, R10, KEY + SwitchLayout.FORWARD_KEY_VID, R1);
    asm.mov(R1, R6).mov(R2, 0).mov(R3, R10).add(R3, mac).mov(R4, 6);
    asm.comment("the destination address").call(Helper.SKB_LOAD_BYTES);
    asm.jump(JumpOp.JEQ, R0, 0, whole);
    dropFor(SwitchDrop.SHORT_FRAME);
    asm.bind(whole).load(Size.HALF, R1, R7, SwitchLayout.PORT_FLAGS);
    asm.jump(JumpOp.JSET, R1, SwitchLayout.PORT_SHARES, shares);
    asm.bind(known).load(Size.BYTE, R1, R10, mac);
    asm.jump(JumpOp.JSET, R1, 1, group);
  }

  private void forwardToPort() {
    Label other = asm.label("other");
    Label received = asm.label("received");
    Label watched = asm.label("watched");
    Label seen = asm.label("seen");
    lookup(SwitchLayout.FORWARD, KEY);
    asm.jump(JumpOp.JEQ, R0, 0, unknown);
    asm.load(Size.WORD, R8, R0, SwitchLayout.FORWARD_IFINDEX);
    asm.load(Size.HALF, R2, R7, SwitchLayout.PORT_FLAGS);
    asm.load(Size.WORD, R7, R0, SwitchLayout.FORWARD_FLAGS);
    asm.load(Size.WORD, R1, R10, SOURCE);
    asm.jump(JumpOp.JNE, R1, R8, other);
    dropFor(SwitchDrop.TO_SELF);
    asm.bind(other).store(Size.WORD, R10, TARGET, R8);
    asm.jump(JumpOp.JSET, R2, SwitchLayout.PORT_WATCHED, watched);
    asm.bind(seen);
    countFrame(R9, SwitchLayout.COUNTER_OUT_PACKETS);
    lookup(SwitchLayout.COUNTERS, TARGET);
    asm.jump(JumpOp.JEQ, R0, 0, received);
    countFrame(R0, SwitchLayout.COUNTER_IN_PACKETS);
    asm.bind(received);
    handOver();
    copyToWatchers(watched, seen);
  }

  /** To the zone end of port R8, the way that the flags in R7 say. */
  private void handOver() {
    Label direct = asm.label("direct");
    Label byPort = asm.label("by_port");
    asm.jump(JumpOp.JEQ, R7, 0, direct);
    asm.jump(JumpOp.JSET, R7, SwitchLayout.FORWARD_BY_PORT, byPort);
    asm.jump(JumpOp.JEQ, R7, SwitchLayout.FORWARD_SHARED, direct);
    new ControlTest(asm, byPort, direct).emit();
    asm.bind(direct);
    claimForHost();
    asm.mov(R1, R8).mov(R2, 0).call(Helper.REDIRECT_PEER).exit();
    asm.bind(byPort).mov(R1, R8).mov(R2, 0).call(Helper.REDIRECT).exit();
  }

  /** Copies a unicast frame on its way to TARGET to those that watch all; R7 to R9 are kept. */
  private void copyToWatchers(Label watched, Label seen) {
    asm.bind(watched);
    lookup(SwitchLayout.SWITCHES, KEY);
    asm.jump(JumpOp.JEQ, R0, 0, seen);
    asm.store(Size.WORD, R10, COPY_WANTED, SwitchLayout.PORT_WATCHES);
    copyToMembers(R0);
    asm.jump(seen);
  }

  /**
   * The frame was judged by the port's own address when it came in; without this the receiver's
   * stack would take it for somebody else's.
   */
  private void claimForHost() {
    Label claimed = asm.label("claimed");
    asm.load(Size.WORD, R1, R6, SkBuff.PKT_TYPE);
    asm.jump(JumpOp.JEQ, R1, PACKET_HOST, claimed);
    asm.mov(R1, R6).mov(R2, PACKET_HOST).call(Helper.SKB_CHANGE_TYPE);
    asm.bind(claimed);
  }

  private void forwardUnknown() {
    Label out = asm.label("out");
    Label none = asm.label("no_way_out");
    Label watched = asm.label("watched");
    Label seen = asm.label("seen");
    asm.bind(unknown);
    lookup(SwitchLayout.SWITCHES, KEY);
    dropIfZero(R0, SwitchDrop.NO_SWITCH, "is_switched");
    asm.load(Size.WORD, R8, R0, SwitchLayout.SWITCH_UPLINK);
    asm.jump(JumpOp.JEQ, R8, 0, none);
    asm.load(Size.WORD, R1, R10, SOURCE);
    asm.jump(JumpOp.JNE, R1, R8, out);
    asm.bind(none);
    dropFor(SwitchDrop.UNKNOWN_UNICAST);
    asm.bind(out).store(Size.WORD, R10, TARGET, R8);
    asm.load(Size.HALF, R2, R7, SwitchLayout.PORT_FLAGS);
    asm.jump(JumpOp.JSET, R2, SwitchLayout.PORT_WATCHED, watched);
    asm.bind(seen);
    countFrame(R9, SwitchLayout.COUNTER_OUT_PACKETS);
    asm.bind(toUplink).store(Size.WORD, R10, TARGET, R8);
    Label sent = asm.label("sent");
    lookup(SwitchLayout.COUNTERS, TARGET);
    asm.jump(JumpOp.JEQ, R0, 0, sent);
    countFrame(R0, SwitchLayout.COUNTER_IN_PACKETS);
    asm.bind(sent).mov(R1, R8).mov(R2, 0).call(Helper.REDIRECT).exit();
    copyToWatchers(watched, seen);
  }

  private void copyToGroup() {
    Label consumed = asm.label("consumed");
    asm.bind(group);
    lookup(SwitchLayout.SWITCHES, KEY);
    dropIfZero(R0, SwitchDrop.NO_SWITCH, "is_switched");
    asm.mov(R7, R0);
    countFrame(R9, SwitchLayout.COUNTER_OUT_PACKETS);
    asm.store(Size.WORD, R10, TARGET, 0).store(Size.WORD, R10, COPY_WANTED, 0);
    copyToMembers(R7);
    asm.load(Size.WORD, R8, R7, SwitchLayout.SWITCH_UPLINK);
    asm.jump(JumpOp.JEQ, R8, 0, consumed);
    asm.load(Size.WORD, R1, R10, SOURCE);
    asm.jump(JumpOp.JNE, R1, R8, toUplink);
    asm.bind(consumed).mov(R0, TcAction.STOLEN).exit();
  }

  /** Copies to all members of a switch that {@link #copyToMember} does not skip. */
  private void copyToMembers(Register record) {
    asm.store(Size.DOUBLE, R10, COPY_FRAME, R6).store(Size.DOUBLE, R10, COPY_SWITCH, record);
    asm.load(Size.WORD, R1, record, SwitchLayout.SWITCH_COUNT).loadFunction(R2, copy);
    asm.mov(R3, R10).add(R3, COPY_CONTEXT).mov(R4, 0).call(Helper.LOOP);
  }

  /**
   * The function that bpf_loop calls for each member: R1 is its place in the list, R2 the caller's
   * stack at {@link #COPY_CONTEXT}. The member's own record has the last word on which switch and
   * VLAN it is in, so a list that is being changed under the loop cannot leak a frame.
   */
  private void copyToMember() {
    Label stop = asm.label("stop");
    Label skip = asm.label("skip");
    Label failed = asm.label("copy_failed");
    asm.bind(copy).mov(R8, R2).jump(JumpOp.JGE, R1, MAX_MEMBERS, stop);
    asm.load(Size.DOUBLE, R6, R8, COPY_FRAME - COPY_CONTEXT);
    asm.load(Size.DOUBLE, R2, R8, COPY_SWITCH - COPY_CONTEXT).lsh(R1, 2).add(R2, R1);
    asm.load(Size.WORD, R7, R2, SwitchLayout.SWITCH_MEMBERS);
    asm.load(Size.WORD, R1, R8, SOURCE - COPY_CONTEXT);
    asm.comment("not back to the sender").jump(JumpOp.JEQ, R7, R1, skip);
    asm.load(Size.WORD, R1, R8, TARGET - COPY_CONTEXT);
    asm.comment("nor to who gets the frame itself").jump(JumpOp.JEQ, R7, R1, skip);
    asm.store(Size.WORD, R10, COPY_TARGET, R7);
    lookup(SwitchLayout.PORTS, COPY_TARGET);
    asm.jump(JumpOp.JEQ, R0, 0, skip);
    skipUnlessEqual(Size.WORD, SwitchLayout.PORT_SWITCH, SwitchLayout.FORWARD_KEY_SWITCH, skip);
    skipUnlessEqual(Size.HALF, SwitchLayout.PORT_VID, SwitchLayout.FORWARD_KEY_VID, skip);
    skipUnlessWanted(skip);
    asm.mov(R1, R6).mov(R2, R7).mov(R3, 0).call(Helper.CLONE_REDIRECT);
    asm.mov(R7, R0);
    lookup(SwitchLayout.COUNTERS, COPY_TARGET);
    asm.jump(JumpOp.JEQ, R0, 0, skip);
    // Above zero the port took the copy; what it did not transmit then is counted there.
    asm.jump32(JumpOp.JSLT, R7, 0, failed);
    countFrame(R0, SwitchLayout.COUNTER_IN_PACKETS);
    asm.bind(skip).comment("go on").mov(R0, 0).exit();
    asm.bind(failed);
    increment(R0, SwitchLayout.dropOffset(SwitchDrop.COPY_FAILED));
    asm.jump(skip);
    asm.bind(stop).comment("beyond the list").mov(R0, 1).exit();
  }

  /** A group frame is for all; a unicast frame for those whose flags say so. */
  private void skipUnlessWanted(Label skip) {
    Label wanted = asm.label("wanted");
    asm.load(Size.WORD, R2, R8, COPY_WANTED - COPY_CONTEXT).jump(JumpOp.JEQ, R2, 0, wanted);
    asm.load(Size.HALF, R1, R0, SwitchLayout.PORT_FLAGS).jump(JumpOp.JSET, R1, R2, wanted);
    asm.jump(skip).bind(wanted);
  }

  private void skipUnlessEqual(Size size, int field, int keyField, Label skip) {
    asm.load(size, R1, R0, field).load(size, R2, R8, KEY - COPY_CONTEXT + keyField);
    asm.jump(JumpOp.JNE, R1, R2, skip);
  }

  /** R0 = the entry of a table, or 0; R1 to R5 are lost. */
  private void lookup(String map, int key) {
    asm.loadMap(R1, map).mov(R2, R10).add(R2, key).call(Helper.MAP_LOOKUP_ELEM);
  }

  /** One frame and its bytes, which follow in the next counter. R1 and R2 are lost. */
  private void countFrame(Register counters, int packets) {
    increment(counters, packets);
    asm.load(Size.WORD, R2, R6, SkBuff.LEN);
    asm.load(Size.DOUBLE, R1, counters, packets + Long.BYTES).add(R1, R2);
    asm.store(Size.DOUBLE, counters, packets + Long.BYTES, R1);
  }

  private void increment(Register counters, int offset) {
    asm.load(Size.DOUBLE, R1, counters, offset).add(R1, 1);
    asm.store(Size.DOUBLE, counters, offset, R1);
  }

  private void dropIfZero(Register value, SwitchDrop reason, String otherwise) {
    Label good = asm.label(otherwise);
    asm.jump(JumpOp.JNE, value, 0, good);
    dropFor(reason);
    asm.bind(good);
  }

  private void dropFor(SwitchDrop reason) {
    asm.comment(reason.text()).mov(R8, SwitchLayout.dropOffset(reason)).jump(drop);
  }

  /** Adds one to the sender's counter at offset R8. */
  private void bindDrop() {
    asm.bind(drop).add(R9, R8);
    increment(R9, 0);
    asm.mov(R0, TcAction.SHOT).exit();
  }
}
