package io.arbalest.zone.host;

import java.util.List;
import java.util.function.Consumer;

/** The frames that protection dropped lately, as far as the kernel kept their first bytes. */
public interface DropLog {
  /** How many are remembered; older ones are forgotten first. */
  int CAPACITY = 4096;

  /** What is remembered, oldest first. */
  List<SeenDrop> recent();

  /**
   * Tells a listener of every drop from now on, in order, on a thread of its own, so that a slow
   * one keeps nobody waiting. What the listener throws ends the following.
   */
  Following follow(Consumer<SeenDrop> listener);

  /** Somebody who follows. */
  interface Following extends AutoCloseable {
    /** How many drops came faster than the listener took them, and were passed over. */
    long missed();

    /** Ends it; a call that is under way is interrupted. */
    @Override
    void close();
  }
}
