package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;

/** How a function that a program has called back tells it what it decided: a number. */
final class Decision {
  /** Nothing; the program goes on. */
  static final int NONE = 0;

  /** The frame passes. */
  static final int PASS = 1;

  /** The first of those that drop it. */
  static final int FIRST_DROP = 2;

  private Decision() {}

  static int of(DropReason reason) {
    return FIRST_DROP + reason.number();
  }
}
