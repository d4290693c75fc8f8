package io.arbalest.linux.rtnetlink;

import java.util.List;

/**
 * Hears what happens to links and traffic control. Called by one thread, one call after another.
 */
public interface ChangeListener {
  /**
   * What happened since the last call, in order, at least one thing. It tells what was, not what
   * is.
   */
  void onChanges(List<Change> changes);

  /** Anything may have happened: called once at the start, and whenever the kernel lost events. */
  void onUnknown();

  /** The subscription has ended: the kernel refused something, or this listener threw it. */
  void onFailure(RuntimeException failure);
}
