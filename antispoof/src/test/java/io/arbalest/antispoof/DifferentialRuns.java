package io.arbalest.antispoof;

/** How many generated frames a run compares. */
public final class DifferentialRuns {
  /** The system property that a nightly run sets to 1000000. */
  public static final String PROPERTY = "arbalest.differential.frames";

  private static final int NORMAL = 100_000;

  private DifferentialRuns() {}

  /** 100,000, or what the property says. */
  public static int frames() {
    return Integer.getInteger(PROPERTY, NORMAL);
  }
}
