package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.PinnedProgram;
import io.arbalest.linux.bpf.TestInput;
import io.arbalest.linux.bpf.TestRun;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.linux.bpf.asm.TcAction;
import java.util.Arrays;
import java.util.Optional;

/** One direction's program: the pinned one, or a fresh one that took its pin. */
final class GuardProgram implements AutoCloseable {
  private final BpfProgram program;
  private final boolean replaced;

  private GuardProgram(PinnedProgram pinned) {
    this.program = pinned.program();
    this.replaced = pinned.replaced();
  }

  /** The pinned program if it is what the model compiles to; else that, pinned in its place. */
  static GuardProgram open(Bpffs pins, BpfObjects maps, Direction direction, RuleModel model) {
    return new GuardProgram(PinnedProgram.of(pins, maps, BpfCompiler.compile(direction, model)));
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
