package io.arbalest.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.arbalest.linux.bpf.BpfSyscall.Command;
import io.arbalest.linux.bpf.asm.SkBuff;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@code BPF_PROG_TEST_RUN}. */
final class ProgramTest {
  private static final int ATTR = 80;

  /** How much a program may make a frame longer: a few tags or an outer header. */
  private static final int GROWTH = 256;

  private ProgramTest() {}

  static TestRun run(BpfProgram program, TestInput input) {
    try (Arena arena = Arena.ofConfined()) {
      byte[] frame = input.frame();
      MemorySegment out = arena.allocate(frame.length + GROWTH);
      MemorySegment contextOut = arena.allocate(SkBuff.SIZE, 8);
      MemorySegment attr = arena.allocate(ATTR, Long.BYTES);
      attr.set(JAVA_INT, 0, program.fd().number());
      attr.set(JAVA_INT, 8, frame.length);
      attr.set(JAVA_INT, 12, (int) out.byteSize());
      attr.set(JAVA_LONG, 16, arena.allocateFrom(JAVA_BYTE, frame).address());
      attr.set(JAVA_LONG, 24, out.address());
      attr.set(JAVA_INT, 32, input.repeat());
      attr.set(JAVA_INT, 44, SkBuff.SIZE);
      attr.set(JAVA_LONG, 56, contextOut.address());
      if (input.hasContext()) {
        attr.set(JAVA_INT, 40, SkBuff.SIZE);
        attr.set(JAVA_LONG, 48, arena.allocateFrom(JAVA_BYTE, input.context()).address());
      }
      BpfSyscall.require(Command.PROG_TEST_RUN, program.name(), attr);
      return new TestRun(
          attr.get(JAVA_INT, 4),
          attr.get(JAVA_INT, 36),
          out.asSlice(0, attr.get(JAVA_INT, 12)).toArray(JAVA_BYTE),
          contextOut.toArray(JAVA_BYTE));
    }
  }
}
