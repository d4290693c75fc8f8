package io.arbalest.zone.property;

import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.ProtectionSpec;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One link property of a VNIC: its name, what it may be, and which part of a {@link ProtectionSpec}
 * it stands for. Immutable.
 */
public sealed interface LinkProperty permits ListProperty, SwitchProperty {
  /** The name after {@code -p}. */
  String name();

  /** The only words it may have, in the order in which they are shown; empty if there are more. */
  List<String> choices();

  /** What it may be, for people. */
  String possible();

  /** Its values in a spec, in their canonical writing; empty for none. */
  List<String> values(ProtectionSpec spec);

  /**
   * The spec with other values in place of those it had.
   *
   * @param words one or more, as somebody typed them
   * @throws PropertyException if they cannot be its values
   */
  ProtectionSpec with(ProtectionSpec spec, List<String> words);

  /** The spec with the default in place of the values it had. */
  ProtectionSpec reset(ProtectionSpec spec);

  /** Whether it may have so many values that they are better kept in a file. */
  default boolean isLong() {
    return false;
  }

  /** Its values in a VNIC that asked for nothing in particular. */
  default List<String> defaults() {
    return values(LinkProperties.DEFAULT);
  }

  /** The words, none of which may stand twice. */
  static <T> Set<T> once(LinkProperty property, Collection<T> values) {
    Set<T> set = new LinkedHashSet<>();
    for (T value : values) {
      if (!set.add(value)) {
        throw new PropertyException(
            property, LinkStatus.INVALID_VALUE, "'" + value + "' is given twice");
      }
    }
    return set;
  }
}
