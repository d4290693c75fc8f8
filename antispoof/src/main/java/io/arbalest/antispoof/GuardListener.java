package io.arbalest.antispoof;

/** Hears what the guard's programs have to tell, on one thread of the guard's, in order. */
public interface GuardListener {
  /** A frame was dropped. */
  void onDrop(DropEvent event);

  /** A frame passed that is of interest to a learner. */
  void onNote(NotedFrame frame);

  /** Everything that there was has been told; called at least every 100 ms while nothing comes. */
  default void onCaughtUp() {}
}
