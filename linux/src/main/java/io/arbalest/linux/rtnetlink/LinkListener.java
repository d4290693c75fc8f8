package io.arbalest.linux.rtnetlink;

import java.util.List;

/**
 * Hears what happens to the links of a namespace. Called by one thread, one event after another,
 * which hears nothing while a call lasts.
 *
 * <p>Events tell what was, not what is: after {@link #onResync} older events may still follow. The
 * last event about a link is true.
 */
public interface LinkListener {
  /**
   * All links there are: once at the start, and again whenever events were lost. What is not in the
   * list is gone.
   */
  void onResync(List<Link> links);

  /**
   * A link was made, or something about it changed. Of a link that is down the kernel does not
   * report a new alias.
   */
  void onChanged(Link link);

  /** A link is gone from the namespace. */
  void onRemoved(Link link);

  /** The subscription has ended: the kernel refused something, or this listener threw it. */
  void onFailure(RuntimeException failure);
}
