package io.arbalest.antispoof;

import static io.arbalest.linux.bpf.asm.Register.R0;
import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R9;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.linux.bpf.asm.TcAction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The assembler, and what is known of the frame's length at the place that is being written.
 *
 * <p>{@link #proven()} is a number of bytes that the frame surely has here: every way to this place
 * has compared its length with at least that. It lets a load be checked once instead of each time.
 * So every jump and every label goes through this class.
 *
 * <p>A program consists of functions, written one after the other; the first is the program itself.
 * All keep their things in the {@link Scratch} that R9 points to.
 */
final class CodeWriter {
  /** Nothing runs on from the last instruction, so anything may be taken as proven. */
  private static final int UNREACHED = Integer.MAX_VALUE;

  final Assembler asm;
  final Scratch scratch = new Scratch();

  private final Map<Label, Integer> provenAt = new HashMap<>();
  private final Map<DropReason, Label> drops = new EnumMap<>(DropReason.class);
  private final Deque<Runnable> functions = new ArrayDeque<>();
  private final Label dropForReason;
  private final int passMark;
  private boolean calledBack;
  private int proven;

  /**
   * @param passMark what is left in {@code skb->mark} of frames that pass, 0 for nothing
   */
  CodeWriter(String name, int passMark) {
    this.passMark = passMark;
    this.asm = new Assembler(name);
    this.dropForReason = asm.label("drop");
  }

  /** Whether this is a function that is called back, not the program itself. */
  boolean calledBack() {
    return calledBack;
  }

  /** Has a function written when the one that is being written is complete. */
  void later(Runnable function) {
    functions.add(function);
  }

  /** Writes the functions that wait, and those that they ask for. */
  void writeFunctions() {
    while (!functions.isEmpty()) {
      functions.remove().run();
    }
  }

  /**
   * Begins a function that is called back.
   *
   * @param bytes that the frame surely has wherever it is called
   */
  void begin(Label function, int bytes) {
    drops.clear();
    calledBack = true;
    proven = bytes;
    asm.bind(function);
  }

  Label label(String wanted) {
    return asm.label(wanted);
  }

  void bind(Label label) {
    proven = Math.min(proven, provenAt.getOrDefault(label, UNREACHED));
    asm.bind(label);
  }

  /** Binds a label that something above jumped to; one that nothing did is left out. */
  void bindIfUsed(Label label) {
    if (provenAt.containsKey(label)) {
      bind(label);
    }
  }

  void jump(Label target) {
    meet(target);
    asm.jump(target);
    proven = UNREACHED;
  }

  void jump(JumpOp op, Register left, Register right, Label target) {
    meet(target);
    asm.jump(op, left, right, target);
  }

  void jump(JumpOp op, Register left, int right, Label target) {
    meet(target);
    asm.jump(op, left, right, target);
  }

  /** Ends the function with a value in R0. */
  void exit(int value) {
    asm.mov(R0, value).exit();
    proven = UNREACHED;
  }

  /** Ends the program, not a function that is called back, and lets the frame go on. */
  void pass() {
    if (passMark != 0) {
      asm.mov(Register.R1, passMark).store(Size.WORD, Register.R6, SkBuff.MARK, Register.R1);
    }
    exit(TcAction.UNSPEC);
  }

  private void meet(Label target) {
    provenAt.merge(target, proven, Math::min);
  }

  /** Whether an instruction written here would ever run. */
  boolean reached() {
    return proven != UNREACHED;
  }

  int proven() {
    return proven;
  }

  /** From here on the frame is known to have so many bytes. */
  void prove(int bytes) {
    proven = Math.max(proven, bytes);
  }

  /** Where frames that are dropped for the reason go, in this function. */
  Label drop(DropReason reason) {
    return drops.computeIfAbsent(reason, r -> label("drop_" + r.label().replace('-', '_')));
  }

  /** Where the program drops a frame for the reason whose number is at {@link Scratch#REASON}. */
  Label dropForReason() {
    return dropForReason;
  }

  /** The reasons that something in this function jumps to. */
  Map<DropReason, Label> drops() {
    return drops;
  }

  /** From a place in the scratch to a register. */
  void fetch(Size size, Register target, int place) {
    asm.load(size, target, R9, place);
  }

  void keep(Size size, int place, Register source) {
    asm.store(size, R9, place, source);
  }

  void keep(Size size, int place, int value) {
    asm.store(size, R9, place, value);
  }

  /** The address of a place in the scratch. */
  void address(Register target, int place) {
    asm.mov(target, R9).add(target, place);
  }

  /** R0 = the entry of {@link Scratch#KEY} in a map, or 0; R1 to R5 are lost. */
  void lookup(MapSpec map) {
    lookup(map, Scratch.KEY);
  }

  /** The same with a key elsewhere in the scratch. */
  void lookup(MapSpec map, int key) {
    address(R2, key);
    asm.loadMap(R1, map.name()).call(Helper.MAP_LOOKUP_ELEM);
  }
}
