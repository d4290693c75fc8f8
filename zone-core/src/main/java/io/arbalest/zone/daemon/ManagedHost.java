package io.arbalest.zone.daemon;

import io.arbalest.zone.HostSpec;
import io.arbalest.zone.plan.Progress;
import java.util.List;

/**
 * What a daemon looks after. {@link io.arbalest.zone.host.Host} is the one that reaches the kernel.
 *
 * <p>{@link #settle}, {@link #tend}, {@link #converge}, {@link #vacate} and {@link #close} are
 * called by one thread at a time; the others by any thread at any time.
 */
public interface ManagedHost extends AutoCloseable {
  /** Brings the kernel to what is stored. Called once, before any command. */
  void settle(Progress progress);

  /** Called now and then: what failed for a passing reason may be tried again. */
  default void tend() {}

  /** Wants this from now on, and brings the kernel to it. */
  void converge(HostSpec desired, Progress progress);

  /** What is wanted. */
  HostSpec desired();

  /** What there is: a value that can be written as JSON. */
  Object state();

  /** What somebody should know about, one sentence each; empty when all is well. */
  List<String> problems();

  /** Whether there is nothing to look after, neither wanted nor left over. */
  boolean isEmpty();

  /** Removes what remains of an empty host: mounts, folders. */
  void vacate();

  /** Lets go of the host, which goes on working. */
  @Override
  void close();
}
