package io.arbalest.linux.bpf.asm;

/** What a traffic-control program returns in R0, {@code linux/pkt_cls.h}. */
public final class TcAction {
  /** No verdict: the next filter of the chain decides. */
  public static final int UNSPEC = -1;

  /** Let the frame go on and ask no further filter. */
  public static final int OK = 0;

  /** Drop the frame. */
  public static final int SHOT = 2;

  /** Do what the last redirect helper said. */
  public static final int REDIRECT = 7;

  private TcAction() {}
}
