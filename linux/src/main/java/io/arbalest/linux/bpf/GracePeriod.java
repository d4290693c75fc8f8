package io.arbalest.linux.bpf;

import io.arbalest.linux.sys.Libc;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

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

  /** A program runs for microseconds; this is for kernels that cannot say when it is over. */
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private GracePeriod() {}

  /**
   * Returns when every program run that had begun before the call has ended; some milliseconds. A
   * kernel without the call, or with {@code nohz_full} CPUs, refuses it; then this is a pause.
   */
  public static void await() {
    if (Libc.syscall(SYS_MEMBARRIER, COMMAND_GLOBAL, 0, 0) != 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
