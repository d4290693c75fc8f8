package io.arbalest.antispoof;

import io.arbalest.linux.bpf.asm.SkBuff;

/**
 * How a program is asked what it would do: a frame that bears {@link #MARK} is judged, but neither
 * counted nor reported. No zone can set the mark, as the kernel clears it where a frame crosses
 * network namespaces.
 */
final class DryRun {
  /** The mark, {@code skb->mark}: "ARB!" in ASCII. */
  static final int MARK = 0x41524221;

  /** The word of the context in which the program leaves the reason's number and one. */
  static final int REASON = SkBuff.CB;

  private DryRun() {}
}
