package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.ProgramInfo;
import io.arbalest.linux.bpf.TestInput;
import io.arbalest.linux.bpf.TestRun;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.linux.bpf.asm.TcAction;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** One direction's program: the pinned one, or a fresh one that took its pin. */
final class GuardProgram implements AutoCloseable {
  private final BpfProgram program;
  private final boolean replaced;

  private GuardProgram(BpfProgram program, boolean replaced) {
    this.program = program;
    this.replaced = replaced;
  }

  /** The pinned program if it is what the model compiles to; else that, pinned in its place. */
  static GuardProgram open(Bpffs pins, BpfObjects maps, Direction direction, RuleModel model) {
    BpfProgram fresh = maps.load(BpfCompiler.compile(direction, model));
    try {
      boolean known = pins.contains(fresh.name());
      Optional<BpfProgram> same = known ? same(pins, fresh) : Optional.empty();
      if (same.isPresent()) {
        fresh.close();
        return new GuardProgram(same.get(), false);
      }
      pins.pin(fresh);
      return new GuardProgram(fresh, known);
    } catch (RuntimeException e) {
      fresh.close();
      throw e;
    }
  }

  private static Optional<BpfProgram> same(Bpffs pins, BpfProgram fresh) {
    BpfProgram old = pins.program(fresh.name());
    if (same(old.info(), fresh.info())) {
      return Optional.of(old);
    }
    old.close();
    return Optional.empty();
  }

  /** The tag leaves the maps out, so they are compared as well. */
  private static boolean same(ProgramInfo one, ProgramInfo other) {
    return one.tag().equals(other.tag())
        && Set.copyOf(one.mapIds()).equals(Set.copyOf(other.mapIds()));
  }

  BpfProgram program() {
    return program;
  }

  /** Whether another program was pinned. */
  boolean replaced() {
    return replaced;
  }

  /** What it makes of a frame at a link of the calling thread's namespace, leaving no trace. */
  Rehearsal rehearse(int ifindex, byte[] frame) {
    TestInput input = TestInput.of(frame).ifindex(ifindex).with(SkBuff.MARK, DryRun.MARK);
    TestRun run = program.testRun(input);
    if (run.verdict() == TcAction.UNSPEC) {
      return new Rehearsal(Optional.empty());
    }
    int number = run.context(DryRun.REASON) - 1;
    return new Rehearsal(
        Optional.of(
            Arrays.stream(DropReason.values())
                .filter(reason -> reason.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("unknown reason " + number))));
  }

  @Override
  public void close() {
    program.close();
  }
}
