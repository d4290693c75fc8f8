package io.arbalest.linux.netlink;

/** A list kept changing while the kernel wrote it, so that no reading of it can be believed. */
public final class DumpInterruptedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  DumpInterruptedException(String what, int attempts) {
    super(what + ": the kernel's list changed during each of " + attempts + " readings");
  }
}
