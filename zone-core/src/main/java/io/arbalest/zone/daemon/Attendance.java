package io.arbalest.zone.daemon;

/**
 * Who is inside: requests come and go, and the daemon may leave only while none is there. Safe for
 * use by several threads.
 */
final class Attendance {
  private int inside;
  private long visits;
  private boolean closed;

  /** A request comes in; false if the daemon has left. */
  synchronized boolean enter() {
    if (closed) {
      return false;
    }
    inside++;
    visits++;
    return true;
  }

  /** A request has been answered. */
  synchronized void exit() {
    inside--;
  }

  /** How many have ever come in; the same number twice means that nobody came between. */
  synchronized long visits() {
    return visits;
  }

  /**
   * Shuts the door if nobody but the caller is inside.
   *
   * @param callers how many of those inside are the caller: 1 for a request, else 0
   * @return whether it is shut by this call
   */
  synchronized boolean closeIfAlone(int callers) {
    if (closed || inside > callers) {
      return false;
    }
    closed = true;
    return true;
  }

  /** Shuts the door whoever is inside. */
  synchronized void close() {
    closed = true;
  }
}
