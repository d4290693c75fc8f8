package io.arbalest.vnic;

import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.MapKind;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.linux.bpf.asm.TcAction;
import io.arbalest.linux.net.MacAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A guard that lets everything out, and remembers which ports it was given. A deaf one lets nothing
 * in that goes by a port, and counts that; a strict one drops what comes from one address.
 */
final class OpenGuard implements PortGuard, AutoCloseable {
  static final int MARK = 0x0a12ba1e;
  static final MacAddress FOREIGN = MacAddress.parse("2:8:20:bd:bd:bd");

  private static final String COUNTS = "open_guard_rx";

  private final Map<Integer, VnicSpec> admitted = new ConcurrentHashMap<>();
  private final Map<VnicKey, Delivery> deliveries = new ConcurrentHashMap<>();
  private final BpfMap counts =
      BpfMap.create(new MapSpec(COUNTS, MapKind.HASH_SPARSE, Integer.BYTES, Long.BYTES, 1024));
  private final BpfProgram program;
  private final BpfProgram reception;
  private final int passMark;

  OpenGuard() {
    this(passing("open_guard"), listening(), MARK);
  }

  private OpenGuard(Assembler program, Assembler reception, int passMark) {
    this.passMark = passMark;
    this.program = BpfProgram.load(program.assemble(), Map.of());
    this.reception = BpfProgram.load(reception.assemble(), Map.of(COUNTS, counts));
  }

  /** Hears nothing that comes by a port. */
  static OpenGuard deaf() {
    return new OpenGuard(passing("open_guard"), deafening(), MARK);
  }

  /** Drops what has the source {@link #FOREIGN}. */
  static OpenGuard strict() {
    return new OpenGuard(refusing(), listening(), MARK);
  }

  /** Likewise, for a switch that does not ask whether the guard saw a frame. */
  static OpenGuard strictWithoutMark() {
    return new OpenGuard(refusing(), listening(), 0);
  }

  private static Assembler passing(String name) {
    return pass(new Assembler(name));
  }

  private static Assembler pass(Assembler asm) {
    return asm.mov(Register.R2, MARK)
        .store(Size.WORD, Register.R1, SkBuff.MARK, Register.R2)
        .mov(Register.R0, TcAction.UNSPEC)
        .exit();
  }

  private static Assembler refusing() {
    Assembler asm = new Assembler("strict_guard");
    Label fine = asm.label("fine");
    asm.mov(Register.R6, Register.R1).mov(Register.R2, 8).mov(Register.R3, Register.R10);
    asm.add(Register.R3, -4).mov(Register.R4, 4).call(Helper.SKB_LOAD_BYTES);
    asm.load(Size.WORD, Register.R1, Register.R10, -4);
    int tail = (int) FOREIGN.toLong();
    asm.jump32(JumpOp.JNE, Register.R1, Integer.reverseBytes(tail), fine);
    asm.mov(Register.R0, TcAction.SHOT).exit();
    asm.bind(fine).mov(Register.R1, Register.R6);
    return pass(asm);
  }

  private static Assembler listening() {
    return new Assembler("open_reception").mov(Register.R0, TcAction.UNSPEC).exit();
  }

  private static Assembler deafening() {
    Assembler asm = new Assembler("deaf_reception");
    Label drop = asm.label("drop");
    asm.load(Size.WORD, Register.R1, Register.R1, SkBuff.IFINDEX);
    asm.store(Size.WORD, Register.R10, -4, Register.R1);
    asm.loadMap(Register.R1, COUNTS).mov(Register.R2, Register.R10).add(Register.R2, -4);
    asm.call(Helper.MAP_LOOKUP_ELEM).jump(JumpOp.JEQ, Register.R0, 0, drop);
    asm.mov(Register.R1, 1).atomicAdd(Size.DOUBLE, Register.R0, 0, Register.R1);
    return asm.bind(drop).mov(Register.R0, TcAction.SHOT).exit();
  }

  /** From the next time that the VNIC is made or adopted. */
  void deliver(String key, Delivery delivery) {
    deliveries.put(VnicKey.parse(key), delivery);
  }

  @Override
  public BpfProgram program() {
    return program;
  }

  @Override
  public int passMark() {
    return passMark;
  }

  @Override
  public BpfProgram reception() {
    return reception;
  }

  @Override
  public Delivery delivery(VnicSpec vnic) {
    return deliveries.getOrDefault(vnic.key(), Delivery.DIRECT);
  }

  @Override
  public void admit(int ifindex, VnicSpec vnic) {
    if (admitted.put(ifindex, vnic) == null) {
      counts.update(SwitchTable.key(ifindex), new byte[Long.BYTES]);
    }
  }

  @Override
  public void forget(int ifindex) {
    admitted.remove(ifindex);
    counts.delete(SwitchTable.key(ifindex));
  }

  @Override
  public SortedMap<String, Long> drops(int ifindex) {
    byte[] count = counts.lookup(SwitchTable.key(ifindex)).orElse(new byte[Long.BYTES]);
    return new TreeMap<>(Map.of("spoofed", 0L, "rx-deaf", SwitchLayout.wrap(count).getLong(0)));
  }

  @Override
  public Set<Integer> ports() {
    return Set.copyOf(admitted.keySet());
  }

  /** Whether a frame has the source that a strict guard drops. */
  static boolean isForeign(byte[] frame) {
    byte[] source = FOREIGN.toBytes();
    return frame.length >= 12 && Arrays.equals(frame, 6, 12, source, 0, source.length);
  }

  @Override
  public void close() {
    reception.close();
    program.close();
    counts.close();
  }
}
