package io.arbalest.antispoof;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Checks that several lists of a policy have in common. */
final class Limits {
  private Limits() {}

  /**
   * @throws InvalidPolicyException if there are more than {@code most}
   */
  static void atMost(String field, Collection<?> values, int most) {
    if (values.size() > most) {
      throw InvalidPolicyException.of(
          field, values.size() + " values", "at most " + most + " are allowed");
    }
  }

  /**
   * The same values.
   *
   * @throws InvalidPolicyException if one of them is there twice
   */
  static <T> List<T> distinct(String field, List<T> values) {
    Set<T> seen = new HashSet<>();
    for (T value : values) {
      if (!seen.add(value)) {
        throw InvalidPolicyException.of(field, value, "each value is allowed once");
      }
    }
    return values;
  }

  /**
   * The constant that a word names.
   *
   * @throws InvalidPolicyException if none does
   */
  static <T> T word(String field, String text, T[] constants, Function<T, String> label) {
    return word(field, text, constants, label, Arrays.stream(constants).map(label).toList());
  }

  /** The same where words are allowed that name none of the constants alone. */
  static <T> T word(
      String field,
      String text,
      T[] constants,
      Function<T, String> label,
      Collection<String> allowed) {
    return Arrays.stream(constants)
        .filter(constant -> label.apply(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                InvalidPolicyException.of(
                    field, text, String.join(", ", allowed) + " are allowed"));
  }
}
