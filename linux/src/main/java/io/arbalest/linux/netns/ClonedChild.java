package io.arbalest.linux.netns;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import io.arbalest.linux.sys.OpenFlags;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A child process that does nothing but hold new namespaces for the moment it takes to open them.
 *
 * <p>A user namespace cannot be unshared or entered by a process of several threads ({@code
 * unshare(2)}, EINVAL), and a JVM cannot fork. So {@code clone(2)} starts a child that shares
 * memory and descriptors, on a stack of its own, whose whole program is libc's {@code
 * syscall(SYS_pause)}: no exec, no code of the JVM, no allocation, no lock. Signals with handlers
 * are blocked in it, so that the JVM's handlers never run there either. It is traced with {@code
 * PTRACE_O_EXITKILL}, so that it dies with this process even if that is killed; otherwise it is
 * killed and reaped by {@link #close()}.
 */
final class ClonedChild implements AutoCloseable {
  private static final int CLONE_VM = 0x100;
  private static final int CLONE_FILES = 0x400;
  private static final int SIGCHLD = 17;
  private static final int SIGKILL = 9;
  private static final long SYS_PAUSE = 34;
  private static final int SIG_SETMASK = 2;
  private static final int SIGSET_SIZE = 128;

  /** SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV: the JVM needs them delivered on this thread. */
  private static final long SYNCHRONOUS = bit(4) | bit(5) | bit(7) | bit(8) | bit(11);

  private static final int PTRACE_SEIZE = 0x4206;
  private static final long PTRACE_O_EXITKILL = 1 << 20;
  private static final int STACK_SIZE = 64 * 1024;

  private final int pid;
  private final Arena stack;

  private ClonedChild(int pid, Arena stack) {
    this.pid = pid;
    this.stack = stack;
  }

  /** Starts a child in new namespaces; to be closed by the same thread, which is its tracer. */
  static ClonedChild start(int namespaces) {
    Failpoint.hit("clone");
    Arena arena = Arena.ofConfined();
    try {
      MemorySegment stack = arena.allocate(STACK_SIZE, 16);
      int pid = cloneWithSignalsBlocked(arena, stack.address() + STACK_SIZE, namespaces);
      // Refused where tracing is forbidden altogether; then only close() ends the child.
      Libc.ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_EXITKILL);
      return new ClonedChild(pid, arena);
    } catch (KernelException e) {
      arena.close();
      throw e;
    }
  }

  private static int cloneWithSignalsBlocked(Arena arena, long stackTop, int namespaces) {
    MemorySegment mask = arena.allocate(SIGSET_SIZE, Long.BYTES);
    MemorySegment before = arena.allocate(SIGSET_SIZE, Long.BYTES);
    mask.set(ValueLayout.JAVA_LONG, 0, ~SYNCHRONOUS);
    int flags = CLONE_VM | CLONE_FILES | namespaces | SIGCHLD;
    Libc.pthread_sigmask(SIG_SETMASK, mask.address(), before.address());
    int pid = Libc.clone(Libc.addressOf("syscall"), stackTop, flags, SYS_PAUSE);
    int error = Libc.errno();
    Libc.pthread_sigmask(SIG_SETMASK, before.address(), 0);
    if (pid < 0) {
      throw new KernelException("clone", Errno.of(error));
    }
    return pid;
  }

  private static long bit(int signal) {
    return 1L << (signal - 1);
  }

  /** Writes one of the child's files under {@code /proc}, by a single write as id maps need. */
  void write(String file, String text) {
    Path path = Path.of("/proc", Integer.toString(pid), file);
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    Failpoint.hit("write " + file);
    try (Fd fd = Fd.open(path.toString(), OpenFlags.RDWR);
        Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      if (Libc.write(fd.number(), buffer.address(), bytes.length) != bytes.length) {
        throw KernelException.last("write " + file);
      }
    }
  }

  /** Opens one of the child's namespaces. */
  Fd namespace(String name, int type) {
    return Nsfs.open(Path.of("/proc", Integer.toString(pid), "ns", name), type);
  }

  @Override
  public void close() {
    Libc.kill(pid, SIGKILL);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(Integer.BYTES, Integer.BYTES);
      int reaped = Libc.waitpid(pid, status.address(), 0);
      while (reaped < 0 && Errno.of(Libc.errno()) == Errno.EINTR) {
        reaped = Libc.waitpid(pid, status.address(), 0);
      }
      if (reaped == pid) {
        stack.close();
      }
    }
  }
}
