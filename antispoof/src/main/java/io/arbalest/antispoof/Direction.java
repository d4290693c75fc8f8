package io.arbalest.antispoof;

/** Which way a frame was going. The numbers are in the records of pinned rings: never reuse one. */
public enum Direction {
  /** Sent by the zone; judged at the port's ingress. */
  FROM_ZONE(0),
  /** On its way to the zone; judged at the port's egress. */
  TO_ZONE(1);

  private final int number;

  Direction(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
