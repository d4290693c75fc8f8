package io.arbalest.linux.bpf;

import io.arbalest.linux.bpf.BpfSyscall.Command;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A traffic-control program that the kernel has verified, and the descriptor by which this process
 * has it. It lives on after {@link #close} while a filter, a pin or another descriptor refers to
 * it. Safe for use by several threads.
 */
public final class BpfProgram implements AutoCloseable {
  private static final String KIND = "bpf-prog";

  private final String name;
  private final Fd fd;

  private BpfProgram(String name, Fd fd) {
    this.name = name;
    this.fd = fd;
  }

  /**
   * Has the kernel verify and compile a program.
   *
   * @param maps by the names that the program uses; more may be given
   * @throws IllegalArgumentException if a map is missing, or the kernel would not take the name
   * @throws KernelException if the verifier refuses; its detail is the end of the verifier's log
   */
  public static BpfProgram load(Bytecode code, Map<String, BpfMap> maps) {
    return new BpfProgram(code.name(), ProgramLoader.load(code, maps));
  }

  /**
   * Opens a pinned program.
   *
   * @throws KernelException if there is none (ENOENT)
   * @throws IllegalArgumentException if something else is pinned there
   */
  public static BpfProgram open(Path pin) {
    return adopt(BpfSyscall.openPinned(pin, KIND));
  }

  /** Opens a program by the id that the kernel gave it; empty if it is gone. */
  public static Optional<BpfProgram> open(int id) {
    return BpfSyscall.byId(Command.PROG_GET_FD_BY_ID, id).map(BpfProgram::adopt);
  }

  private static BpfProgram adopt(Fd fd) {
    try {
      return new BpfProgram(ProgramInfo.of(fd).name(), fd);
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  public String name() {
    return name;
  }

  /** For a filter that takes it, which then keeps it alive. */
  public Fd fd() {
    return fd;
  }

  /** What the kernel says of it. */
  public ProgramInfo info() {
    return ProgramInfo.of(fd);
  }

  /** Runs it on a frame as if it had come in on the loopback of the thread's namespace. */
  public TestRun testRun(byte[] frame) {
    return testRun(TestInput.of(frame));
  }

  /**
   * Runs it on a frame as if it had come in on a link.
   *
   * @param frame from the destination MAC on, at least 14 bytes
   * @param ifindex a link of the calling thread's network namespace
   * @throws KernelException EINVAL if the frame is too short or too long for the kernel, ENODEV if
   *     there is no such link
   */
  public TestRun testRun(byte[] frame, int ifindex) {
    return testRun(TestInput.of(frame).ifindex(ifindex));
  }

  /** Runs it; what helpers such as clone_redirect do is done for real. */
  public TestRun testRun(TestInput input) {
    return ProgramTest.run(this, input);
  }

  /**
   * Gives the program a path in a mounted {@link Bpffs}, so that it outlives this process.
   *
   * @throws KernelException EEXIST if the path is taken
   */
  public void pin(Path path) {
    Failpoint.hit(Command.OBJ_PIN.on(path));
    BpfSyscall.pin(fd, path);
  }

  @Override
  public void close() {
    fd.close();
  }

  @Override
  public String toString() {
    return "program " + name;
  }
}
