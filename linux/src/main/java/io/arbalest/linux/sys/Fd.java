package io.arbalest.linux.sys;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An open file descriptor and its one owner.
 *
 * <p>Closing twice is harmless; using one after close throws {@link IllegalStateException} rather
 * than reach a descriptor that the kernel has given to somebody else. With the system property
 * {@code arbalest.fd.trace} the stack that opened each descriptor is kept, and {@link #leaks()}
 * lists the ones still open. Safe for use by several threads.
 */
public final class Fd implements AutoCloseable {
  private static final boolean TRACE = Boolean.getBoolean("arbalest.fd.trace");
  private static final ConcurrentHashMap<Fd, Throwable> OPEN = new ConcurrentHashMap<>();
  private static final int CLOSED = -1;

  private final AtomicInteger number;
  private final String what;

  private Fd(int number, String what) {
    this.number = new AtomicInteger(number);
    this.what = what;
    if (TRACE) {
      OPEN.put(this, new Throwable("descriptor " + number + " of " + what + " was opened here"));
    }
  }

  /**
   * Takes ownership of the result of a call that returns a descriptor.
   *
   * @param number the call's result; negative means that it failed
   * @param call the call's name, for the error
   * @throws KernelException if the call failed
   */
  public static Fd own(int number, String call) {
    if (number < 0) {
      throw KernelException.last(call);
    }
    return new Fd(number, call);
  }

  /** Opens a file, always close-on-exec. */
  public static Fd open(String path, int flags) {
    return own(Libc.open(path, flags | OpenFlags.CLOEXEC, 0), "open " + path);
  }

  /** The number, for a system call. */
  public int number() {
    int n = number.get();
    if (n == CLOSED) {
      throw new IllegalStateException(what + " is closed");
    }
    return n;
  }

  public boolean isOpen() {
    return number.get() != CLOSED;
  }

  @Override
  public void close() {
    int n = number.getAndSet(CLOSED);
    if (n != CLOSED) {
      OPEN.remove(this);
      Libc.close(n);
    }
  }

  /** Closes it if there is one; for fields that are filled late. */
  public static void closeQuietly(@Nullable Fd fd) {
    if (fd != null) {
      fd.close();
    }
  }

  /** Where each descriptor that is still open was opened; empty unless tracing is on. */
  public static List<Throwable> leaks() {
    return List.copyOf(OPEN.values());
  }

  @Override
  public String toString() {
    return what + "#" + number.get();
  }
}
