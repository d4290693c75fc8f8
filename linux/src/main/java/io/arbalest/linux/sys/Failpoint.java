package io.arbalest.linux.sys;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place where a test can make the program fail or die.
 *
 * <p>{@link #hit} stands before every call that changes the kernel's state or the store. It does
 * nothing, at the cost of one volatile read, unless armed: by {@link #arm}, or for a whole process
 * by the property {@code arbalest.failpoint} or the variable {@code ARBALEST_FAILPOINT} with a text
 * such as {@code 3:kill} (halt the JVM with status 137 at the third hit, as {@code kill -9} would)
 * or {@code 3:EPERM} (throw a {@link KernelException} there). Hits after that one pass, so that
 * undoing can be tested; with {@code 3:stop} they all fail, undoing included, so that a crash can
 * be played within one process.
 *
 * <p>The state is static because faults are injected into a process, not into an object that the
 * code under test could be handed.
 */
public final class Failpoint {
  /** Exit status of a process that a failpoint killed: 128 + SIGKILL. */
  public static final int KILLED = 137;

  private static volatile @Nullable Armed armed = fromEnvironment();

  private Failpoint() {}

  /**
   * Marks the moment before a state-changing call.
   *
   * @param what the call about to be made, for the error and for {@link Armed#hits()}
   * @throws KernelException if this hit was chosen to fail
   */
  public static void hit(String what) {
    Armed current = armed;
    if (current != null) {
      current.hit(what);
    }
  }

  /**
   * Arms the failpoints of this process until the result is closed.
   *
   * @param spec {@code N:kill}, {@code N:stop} or {@code N:ERRNO}, N counting hits from 1; {@code
   *     0:kill} only counts
   * @throws IllegalArgumentException if the text is anything else
   * @throws IllegalStateException if they are armed already
   */
  public static synchronized Armed arm(String spec) {
    if (armed != null) {
      throw new IllegalStateException("failpoints are armed already");
    }
    Armed next = Armed.parse(spec);
    armed = next;
    return next;
  }

  private static synchronized void disarm(Armed which) {
    if (armed == which) {
      armed = null;
    }
  }

  private static @Nullable Armed fromEnvironment() {
    String spec = System.getProperty("arbalest.failpoint", System.getenv("ARBALEST_FAILPOINT"));
    return spec == null || spec.isBlank() ? null : Armed.parse(spec);
  }

  /** Failpoints that count, and fail once; closing it switches them off. */
  public static final class Armed implements AutoCloseable {
    private final long failAt;
    private final Optional<Errno> errno;
    private final boolean stays;
    private final List<String> hits = new ArrayList<>();

    private Armed(long failAt, Optional<Errno> errno, boolean stays) {
      this.failAt = failAt;
      this.errno = errno;
      this.stays = stays;
    }

    private static Armed parse(String spec) {
      int colon = spec.indexOf(':');
      try {
        long failAt = Long.parseUnsignedLong(spec.substring(0, Math.max(colon, 0)));
        String action = spec.substring(colon + 1);
        return switch (action) {
          case "kill" -> new Armed(failAt, Optional.empty(), false);
          case "stop" -> new Armed(failAt, Optional.of(Errno.EIO), true);
          default -> new Armed(failAt, Optional.of(errno(action)), false);
        };
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "invalid failpoint '"
                + spec
                + "': N:kill, N:stop or N:ERRNO is allowed, such as 3:EPERM",
            e);
      }
    }

    private static Errno errno(String name) {
      return Errno.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private void hit(String what) {
      boolean chosen;
      synchronized (hits) {
        hits.add(what);
        chosen = hits.size() == failAt || (stays && hits.size() > failAt);
      }
      if (!chosen) {
        return;
      }
      if (errno.isEmpty()) {
        Runtime.getRuntime().halt(KILLED);
      }
      throw new KernelException(what, errno.get(), "failpoint " + failAt);
    }

    /** What was hit since arming, in order. */
    public List<String> hits() {
      synchronized (hits) {
        return List.copyOf(hits);
      }
    }

    @Override
    public void close() {
      disarm(this);
    }
  }
}
