package io.arbalest.antispoof;

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

import io.arbalest.antispoof.Report.Layout;
import io.arbalest.antispoof.Report.Pace;
import io.arbalest.linux.bpf.asm.AluOp;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes the functions that report a frame: R1 is the frame, R2 the reason or topic. In them R6 is
 * the frame, R7 the subject, R8 the port's pace, R9 first the time and then the record.
 *
 * <p>Several CPUs may be here for one port at once. What is suppressed is counted exactly; at the
 * turn of a window a few records more than allowed may come through.
 */
final class ReportCompiler {
  /** Stack: the port whose pace is looked up. */
  private static final int PORT = -4;

  private final Assembler asm;
  private final Direction direction;
  private final Map<Report, Label> used = new EnumMap<>(Report.class);

  ReportCompiler(Assembler asm, Direction direction) {
    this.asm = asm;
    this.direction = direction;
  }

  /** Calls the function with the subject that is in R2; R6 is the frame, R0 to R5 are lost. */
  void call(Report report) {
    Label function = used.computeIfAbsent(report, r -> asm.label(r.ring()));
    asm.mov(R1, R6).call(function);
  }

  /** Writes the functions that something calls. */
  void functions() {
    used.forEach(this::function);
  }

  private void function(Report report, Label function) {
    Label suppressed = asm.label("suppressed");
    Label full = asm.label("full");
    Label out = asm.label("unreported");
    asm.bind(function).mov(R6, R1).mov(R7, R2);
    asm.load(Size.WORD, R1, R6, SkBuff.MARK);
    asm.comment("dry run").jump(JumpOp.JEQ, R1, DryRun.MARK, out);
    findPace(out);
    asm.call(Helper.KTIME_GET_BOOT_NS).mov(R9, R0);
    window(report);
    asm.mov(R1, 1).atomicFetchAdd(R8, report.pace() + Pace.WANTED, R1);
    asm.jump(JumpOp.JGE, R1, report.perWindow(), suppressed);
    asm.loadMap(R1, report.ring()).mov(R2, report.recordSize()).mov(R3, 0);
    asm.call(Helper.RINGBUF_RESERVE).jump(JumpOp.JEQ, R0, 0, full);
    record(report);
    asm.mov(R0, 0).exit();
    asm.bind(full).mov(R1, 1);
    asm.atomicAdd(Size.DOUBLE, R8, report.pace() + Pace.LOST, R1);
    asm.bind(suppressed).mov(R1, 1);
    asm.atomicAdd(Size.DOUBLE, R8, report.pace() + Pace.SUPPRESSED, R1);
    asm.bind(out).mov(R0, 0).exit();
  }

  /** R8 = the pace of the port, or of all unknown ports together. */
  private void findPace(Label out) {
    Label found = asm.label("paced");
    asm.load(Size.WORD, R1, R6, SkBuff.IFINDEX).store(Size.WORD, R10, PORT, R1);
    lookup();
    asm.jump(JumpOp.JNE, R0, 0, found);
    asm.store(Size.WORD, R10, PORT, GuardMaps.UNKNOWN_PORT);
    lookup();
    asm.jump(JumpOp.JEQ, R0, 0, out);
    asm.bind(found).mov(R8, R0);
  }

  private void lookup() {
    asm.mov(R2, R10).add(R2, PORT).loadMap(R1, GuardMaps.PACE.name());
    asm.call(Helper.MAP_LOOKUP_ELEM);
  }

  /** Begins a new window if the last one is over. */
  private void window(Report report) {
    Label same = asm.label("same_window");
    asm.load(Size.DOUBLE, R1, R8, report.pace() + Pace.START);
    asm.mov(R2, R9).alu(AluOp.SUB, R2, R1);
    asm.jump(JumpOp.JLT, R2, Report.WINDOW_NANOS, same);
    asm.store(Size.DOUBLE, R8, report.pace() + Pace.START, R9);
    asm.store(Size.DOUBLE, R8, report.pace() + Pace.WANTED, 0);
    asm.bind(same);
  }

  /** Fills the record in R0 and hands it over. */
  private void record(Report report) {
    Label submit = asm.label("submit");
    Label sized = asm.label("fits");
    asm.store(Size.DOUBLE, R0, Layout.TIME, R9).mov(R9, R0);
    asm.mov(R1, 0).exchange(R8, report.pace() + Pace.SUPPRESSED, R1);
    asm.store(Size.DOUBLE, R9, Layout.SUPPRESSED, R1);
    asm.load(Size.WORD, R1, R6, SkBuff.IFINDEX).store(Size.WORD, R9, Layout.IFINDEX, R1);
    asm.store(Size.WORD, R9, Layout.DIRECTION, direction.number());
    asm.store(Size.WORD, R9, Layout.SUBJECT, R7);
    asm.load(Size.WORD, R4, R6, SkBuff.LEN).store(Size.WORD, R9, Layout.LENGTH, R4);
    asm.jump(JumpOp.JLE, R4, report.mostBytes(), sized).mov(R4, report.mostBytes());
    asm.bind(sized).store(Size.DOUBLE, R9, Layout.CAPTURED, R4);
    asm.jump(JumpOp.JLT, R4, 1, submit);
    asm.mov(R1, R6).mov(R2, 0).mov(R3, R9).add(R3, Layout.BYTES).call(Helper.SKB_LOAD_BYTES);
    asm.bind(submit).mov(R1, R9).mov(R2, 0).call(Helper.RINGBUF_SUBMIT);
  }
}
