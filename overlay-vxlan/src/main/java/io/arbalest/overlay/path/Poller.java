package io.arbalest.overlay.path;

/** A handle of the packet loop that can be asked for work without asking epoll first. */
@FunctionalInterface
interface Poller {
  /** Does what there is to do now; false if there was nothing. */
  boolean poll();
}
