package io.arbalest.cli.dladm;

import io.arbalest.cli.verb.VerbException;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkStatus;
import io.arbalest.zone.plan.PlanException;

/** Turns what goes wrong while a host changes into dladm's sentences. */
final class Changes {
  private Changes() {}

  /**
   * Makes a change.
   *
   * @param failure what to say first if it fails: {@code vnic creation over stub0 failed}
   * @throws VerbException if it fails; the status, and the kernel's own words behind it
   */
  static void apply(String failure, Runnable change) {
    try {
      change.run();
    } catch (KernelException | PlanException e) {
      throw new VerbException(failure + ": " + status(e) + e.getMessage(), e);
    } catch (IllegalArgumentException | LinkException e) {
      throw new VerbException(failure + ": " + e.getMessage(), e);
    }
  }

  /** The status that goes before words of the kernel; nothing before words of our own. */
  private static String status(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof LinkException refusal) {
        return refusal.status().text() + ": ";
      }
      if (e instanceof KernelException kernel) {
        return LinkStatus.of(kernel.errno()).text() + ": ";
      }
    }
    return "";
  }
}
