package io.arbalest.linux.bpf;

import io.arbalest.linux.bpf.asm.SkBuff;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A frame for {@link BpfProgram#testRun} and what the program's context says of it. A value: every
 * method gives a changed copy.
 */
public final class TestInput {
  private final byte[] frame;
  private final byte[] context;
  private final int repeat;

  private TestInput(byte[] frame, byte[] context, int repeat) {
    this.frame = frame;
    this.context = context;
    this.repeat = repeat;
  }

  /**
   * A frame on the loopback, with nothing else said.
   *
   * @param frame from the destination MAC on
   */
  public static TestInput of(byte[] frame) {
    return new TestInput(frame.clone(), new byte[SkBuff.SIZE], 1);
  }

  /** The link that the frame came in on, in the calling thread's network namespace. */
  public TestInput ifindex(int ifindex) {
    return with(SkBuff.IFINDEX, ifindex);
  }

  /**
   * Sets a word of the context. The kernel takes mark, priority, ifindex, ingress_ifindex, cb,
   * gso_segs, gso_size and tstamp, and refuses the others with EINVAL.
   *
   * @param offset one of {@link SkBuff}
   */
  public TestInput with(int offset, int value) {
    byte[] changed = context.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.nativeOrder()).putInt(offset, value);
    return new TestInput(frame, changed, repeat);
  }

  /** Runs it so many times and reports the mean time; the frame is not put back in between. */
  public TestInput repeated(int times) {
    return new TestInput(frame, context, times);
  }

  byte[] frame() {
    return frame;
  }

  byte[] context() {
    return context;
  }

  /** Whether any context is given; without, the kernel uses its own. */
  boolean hasContext() {
    return !Arrays.equals(context, new byte[SkBuff.SIZE]);
  }

  int repeat() {
    return repeat;
  }
}
