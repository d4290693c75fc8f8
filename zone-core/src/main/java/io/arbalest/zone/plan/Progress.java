package io.arbalest.zone.plan;

/** Hears of each step as it happens. Called on the thread that applies the plan. */
@FunctionalInterface
public interface Progress {
  /** A progress that nobody watches. */
  Progress NONE = line -> {};

  /** One line for a human, without a line end. */
  void report(String line);
}
