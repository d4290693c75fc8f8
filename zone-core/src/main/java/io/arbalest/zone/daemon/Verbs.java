package io.arbalest.zone.daemon;

/** The commands that a daemon understands. The command-line module fills this place. */
public interface Verbs {
  /**
   * Runs one command.
   *
   * <p>Called on a thread of the daemon, never on two at once unless {@link #readsOnly} said that
   * the command only reads. An exception is reported to the caller as an internal error.
   *
   * @return the exit status, 0 to 255
   */
  int run(Invocation invocation, Output output);

  /** Whether the command changes nothing, so that it may run beside others. */
  default boolean readsOnly(Invocation invocation) {
    return false;
  }
}
