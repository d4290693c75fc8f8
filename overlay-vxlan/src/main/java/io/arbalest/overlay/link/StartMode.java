package io.arbalest.overlay.link;

/** How much must be right for an overlay to start. */
public enum StartMode {
  /** All of it: somebody is waiting for the answer, and nothing exists yet. */
  STRICT,
  /**
   * The overlay comes up degraded rather than not at all if its directory cannot be read: it
   * existed before, and zones depend on it.
   */
  HOLD
}
