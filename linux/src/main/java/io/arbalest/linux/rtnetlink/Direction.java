package io.arbalest.linux.rtnetlink;

/** The two hooks of a clsact qdisc, seen from the link. */
public enum Direction {
  /** What the link hands to the stack. */
  INGRESS(0xffff_fff2),
  /** What the stack hands to the link. */
  EGRESS(0xffff_fff3);

  private final int parent;

  Direction(int parent) {
    this.parent = parent;
  }

  /** The hook as {@code tcm_parent}. */
  int parent() {
    return parent;
  }
}
