package io.arbalest.linux.bpf;

import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;

/**
 * Waiting for programs that may still be looking at what was just taken away.
 *
 * <p>A program runs inside one RCU read-side section, so whatever it had read before the wait began
 * it has done with when the wait ends. {@code membarrier(2)} with {@code MEMBARRIER_CMD_GLOBAL} is
 * the system call that waits for exactly that.
 */
public final class GracePeriod {
  private static final long SYS_MEMBARRIER = 324;
  private static final long COMMAND_GLOBAL = 1;

  private GracePeriod() {}

  /**
   * Returns when every program run that had begun before the call has ended; some milliseconds.
   *
   * @throws KernelException if the kernel has no such call (ENOSYS), or not with {@code nohz_full}
   *     CPUs (EINVAL)
   */
  public static void await() {
    if (Libc.syscall(SYS_MEMBARRIER, COMMAND_GLOBAL, 0, 0) != 0) {
      throw KernelException.last("membarrier MEMBARRIER_CMD_GLOBAL");
    }
  }
}
