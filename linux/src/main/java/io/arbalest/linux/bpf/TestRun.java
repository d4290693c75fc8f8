package io.arbalest.linux.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a program did in a test run. */
public final class TestRun {
  private final int verdict;
  private final int nanos;
  private final byte[] frame;
  private final byte[] context;

  TestRun(int verdict, int nanos, byte[] frame, byte[] context) {
    this.verdict = verdict;
    this.nanos = nanos;
    this.frame = frame;
    this.context = context;
  }

  /** What the program returned, one of {@link io.arbalest.linux.bpf.asm.TcAction}. */
  public int verdict() {
    return verdict;
  }

  /** The mean time of one run in nanoseconds, by the kernel's clock. */
  public int nanos() {
    return nanos;
  }

  /** The frame as the program left it. */
  public byte[] frame() {
    return frame.clone();
  }

  /**
   * A word of the context as the program left it.
   *
   * @param offset one of {@link io.arbalest.linux.bpf.asm.SkBuff}
   */
  public int context(int offset) {
    return ByteBuffer.wrap(context).order(ByteOrder.nativeOrder()).getInt(offset);
  }

  @Override
  public String toString() {
    return "verdict " + verdict + ", " + frame.length + " bytes, " + nanos + " ns";
  }
}
