package io.arbalest.linux.bpf.asm;

/** What a traffic-control program returns in R0, {@code linux/pkt_cls.h}. */
public final class TcAction {
  /** No verdict: the next filter of the chain decides. */
  public static final int UNSPEC = -1;

  /** Let the frame go on and ask no further filter. */
  public static final int OK = 0;

  /** Drop the frame. */
  public static final int SHOT = 2;

  /** The program has dealt with the frame, and it is no drop: free it. */
  public static final int STOLEN = 4;

  /** Do what the last redirect helper said. */
  public static final int REDIRECT = 7;

  private TcAction() {}
}
