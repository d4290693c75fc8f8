package io.arbalest.antispoof;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices; the same seed makes the same ones. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Once in so many times. */
  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  /** From 0 to below the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From the first to below the second. */
  int between(int first, int bound) {
    return random.nextInt(first, bound);
  }

  int pick(int... values) {
    return values[random.nextInt(values.length)];
  }

  String pick(String... values) {
    return values[random.nextInt(values.length)];
  }

  <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
