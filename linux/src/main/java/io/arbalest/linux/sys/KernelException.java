package io.arbalest.linux.sys;

/**
 * The kernel refused a call.
 *
 * <p>The message names the call, the error's symbol and the kernel's own words where it gave any
 * (netlink extended ACK, the tail of the verifier's log), because those words are what an operator
 * can act on.
 */
public final class KernelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final Errno errno;
  private final String detail;

  /**
   * @param call the system call or netlink verb, with what it was applied to ("RTM_NEWLINK
   *     web/net0")
   * @param detail the kernel's own words, or empty
   */
  public KernelException(String call, Errno errno, String detail) {
    super(call + ": " + (detail.isBlank() ? "" : detail.strip() + ": ") + errno.describe());
    this.call = call;
    this.errno = errno;
    this.detail = detail;
  }

  public KernelException(String call, Errno errno) {
    this(call, errno, "");
  }

  /** The failure of the C call that this thread made last. */
  public static KernelException last(String call) {
    return new KernelException(call, Errno.of(Libc.errno()));
  }

  public String call() {
    return call;
  }

  public Errno errno() {
    return errno;
  }

  /** The kernel's own words beyond the error number; empty when it gave none. */
  public String detail() {
    return detail;
  }
}
