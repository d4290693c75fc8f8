package io.arbalest.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.arbalest.linux.bpf.BpfSyscall.Command;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * {@code BPF_PROG_LOAD}. A program is first loaded without a log, which is faster; if the verifier
 * refuses it, it is loaded once more to hear why, with more room for the log while the kernel says
 * that there is too little.
 */
final class ProgramLoader {
  private static final int ATTR = 96;
  private static final int SCHED_CLS = 3;

  /** Decides which helpers the kernel lets a program call. */
  private static final String LICENSE = "Apache-2.0";

  private static final int FIRST_LOG = 1 << 16;
  private static final int LAST_LOG = 1 << 24;

  /** A pending signal interrupts the verifier with EAGAIN; the JVM has signals of its own. */
  private static final int ATTEMPTS = 5;

  private final Bytecode code;
  private final MemorySegment attr;
  private final Arena arena;

  private ProgramLoader(Bytecode code, byte[] bytes, Arena arena) {
    this.code = code;
    this.arena = arena;
    this.attr = arena.allocate(ATTR, Long.BYTES);
    attr.set(JAVA_INT, 0, SCHED_CLS);
    attr.set(JAVA_INT, 4, code.slots());
    attr.set(JAVA_LONG, 8, arena.allocateFrom(JAVA_BYTE, bytes).address());
    attr.set(JAVA_LONG, 16, arena.allocateFrom(LICENSE).address());
    BpfSyscall.putName(attr, 48, BpfName.check("program", code.name()));
  }

  static Fd load(Bytecode code, Map<String, BpfMap> maps) {
    byte[] bytes = code.encode(name -> descriptor(code, maps, name));
    String call = Command.PROG_LOAD.on(code.name());
    Failpoint.hit(call);
    try (Arena arena = Arena.ofConfined()) {
      ProgramLoader loader = new ProgramLoader(code, bytes, arena);
      return code.hasCallbacks() ? loader.loadWithTypes(call) : loader.load(call);
    }
  }

  /** The types are needed while the program is loaded; it keeps them alive by itself. */
  private Fd loadWithTypes(String call) {
    try (Fd types = FunctionTypes.load(code)) {
      MemorySegment table = FunctionTypes.table(code, arena);
      attr.set(JAVA_INT, 72, types.number());
      attr.set(JAVA_INT, 76, FunctionTypes.ENTRY);
      attr.set(JAVA_LONG, 80, table.address());
      attr.set(JAVA_INT, 88, (int) (table.byteSize() / FunctionTypes.ENTRY));
      return load(call);
    }
  }

  private Fd load(String call) {
    int fd = attempt();
    return fd >= 0 ? Fd.own(fd, call) : explain(Errno.of(Libc.errno()));
  }

  private static int descriptor(Bytecode code, Map<String, BpfMap> maps, String name) {
    BpfMap map = maps.get(name);
    if (map == null) {
      throw new IllegalArgumentException(
          "program %s uses map %s, given are %s".formatted(code.name(), name, maps.keySet()));
    }
    return map.fd().number();
  }

  private int attempt() {
    int fd = BpfSyscall.call(Command.PROG_LOAD, attr);
    for (int i = 1; i < ATTEMPTS && fd < 0 && Libc.errno() == Errno.EAGAIN.number(); i++) {
      fd = BpfSyscall.call(Command.PROG_LOAD, attr);
    }
    return fd;
  }

  /** Loads again with a log; should the kernel take the program this time, so much the better. */
  private Fd explain(Errno refused) {
    String call = Command.PROG_LOAD.on(code.name());
    for (int size = FIRST_LOG; ; size *= 4) {
      MemorySegment log = arena.allocate(size);
      attr.set(JAVA_INT, 24, 1);
      attr.set(JAVA_INT, 28, size);
      attr.set(JAVA_LONG, 32, log.address());
      int fd = attempt();
      if (fd >= 0) {
        return Fd.own(fd, call);
      }
      boolean cut = Libc.errno() == Errno.ENOSPC.number();
      if (!cut || size >= LAST_LOG) {
        log.set(JAVA_BYTE, size - 1L, (byte) 0);
        throw new KernelException(call, refused, VerifierLog.tail(log.getString(0)));
      }
    }
  }
}
