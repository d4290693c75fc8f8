package io.arbalest.antispoof;

import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.MapKind;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.linux.bpf.asm.TcAction;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.FilterPlace;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * Counts in the kernel what arrives on a link of a zone: what each of some honest senders may have
 * sent, and everything else. It cannot be outrun, and it sees what a stack would throw away.
 */
final class ArrivalCounter implements AutoCloseable {
  private static final MapSpec ARRIVALS = new MapSpec("arrivals", MapKind.ARRAY, 4, 8, 8);
  private static final int FOREIGN = 0;
  private static final int SOURCE_MAC_AND_TYPE = -8;
  private static final int SOURCE_IPV4 = -16;
  private static final int OFFSET_SOURCE_MAC = 6;
  private static final int OFFSET_SOURCE_IPV4 = 26;

  private final BpfMap arrivals = BpfMap.create(ARRIVALS);
  private final BpfProgram program;

  /** A station: its untagged IPv4 packets are honest. */
  record Sender(MacAddress mac, String ipv4) {
    byte[] macAndType() {
      return Frames.join(mac.toBytes(), Frames.u16(Frames.IPV4));
    }
  }

  /** Counts on a link that goes away with its zone, and the counter's filter with it. */
  ArrivalCounter(NetworkNamespace zone, String link, List<Sender> honest) {
    program = BpfProgram.load(assemble(honest), Map.of(ARRIVALS.name(), arrivals));
    try (Rtnetlink inside = Rtnetlink.open(zone)) {
      int index = inside.links().get(link).index();
      inside.traffic().addClsact(index);
      inside.traffic().attach(FilterPlace.ingress(index, 1), "arrivals", program.fd());
    }
  }

  private static Bytecode assemble(List<Sender> honest) {
    Assembler asm = new Assembler("arrivals");
    Label count = asm.label("count");
    asm.mov(Register.R6, Register.R1).mov(Register.R7, FOREIGN);
    asm.load(Size.WORD, Register.R1, Register.R6, SkBuff.VLAN_PRESENT);
    asm.jump(JumpOp.JNE, Register.R1, 0, count);
    read(asm, OFFSET_SOURCE_MAC, SOURCE_MAC_AND_TYPE, 8, count);
    read(asm, OFFSET_SOURCE_IPV4, SOURCE_IPV4, 4, count);
    for (int i = 0; i < honest.size(); i++) {
      recognise(asm, honest.get(i), i + 1, count);
    }
    asm.bind(count).store(Size.WORD, Register.R10, SOURCE_IPV4, Register.R7);
    Label done = asm.label("done");
    asm.loadMap(Register.R1, ARRIVALS.name()).mov(Register.R2, Register.R10);
    asm.add(Register.R2, SOURCE_IPV4).call(Helper.MAP_LOOKUP_ELEM);
    asm.jump(JumpOp.JEQ, Register.R0, 0, done).mov(Register.R1, 1);
    asm.atomicAdd(Size.DOUBLE, Register.R0, 0, Register.R1);
    return asm.bind(done).mov(Register.R0, TcAction.UNSPEC).exit().assemble();
  }

  private static void read(Assembler asm, int offset, int place, int length, Label otherwise) {
    asm.mov(Register.R1, Register.R6).mov(Register.R2, offset).mov(Register.R3, Register.R10);
    asm.add(Register.R3, place).mov(Register.R4, length).call(Helper.SKB_LOAD_BYTES);
    asm.jump(JumpOp.JNE, Register.R0, 0, otherwise);
  }

  private static void recognise(Assembler asm, Sender sender, int slot, Label count) {
    Label other = asm.label("other");
    asm.load(Size.DOUBLE, Register.R1, Register.R10, SOURCE_MAC_AND_TYPE);
    asm.load(Register.R2, natural(sender.macAndType()).getLong());
    asm.jump(JumpOp.JNE, Register.R1, Register.R2, other);
    asm.load(Size.WORD, Register.R1, Register.R10, SOURCE_IPV4);
    asm.load(Register.R2, Integer.toUnsignedLong(natural(Frames.ip(sender.ipv4())).getInt()));
    asm.jump(JumpOp.JNE, Register.R1, Register.R2, other);
    asm.mov(Register.R7, slot).jump(count).bind(other);
  }

  private static ByteBuffer natural(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }

  /** Frames that no honest sender can have sent. */
  long foreign() {
    return slot(FOREIGN);
  }

  /** Frames of an honest sender, by its place in the list. */
  long honest(int sender) {
    return slot(sender + 1);
  }

  private long slot(int slot) {
    return arrivals.sums(natural(new byte[4]).putInt(0, slot).array())[0];
  }

  @Override
  public void close() {
    program.close();
    arrivals.close();
  }
}
