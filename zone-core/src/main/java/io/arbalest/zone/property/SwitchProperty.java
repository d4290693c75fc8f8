package io.arbalest.zone.property;

import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.ProtectionSpec;
import java.util.List;

/** A property that is one of two words. */
abstract sealed class SwitchProperty implements LinkProperty
    permits AllowAllDhcpCids, PromiscFiltered {
  private final String name;
  private final List<String> choices;

  /**
   * @param yes the word for what {@link #get} answers with {@code true}
   */
  SwitchProperty(String name, String yes, String no) {
    this.name = name;
    this.choices = List.of(yes, no);
  }

  abstract boolean get(ProtectionSpec spec);

  abstract ProtectionSpec set(ProtectionSpec spec, boolean value);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final List<String> choices() {
    return choices;
  }

  @Override
  public final String possible() {
    return String.join(",", choices);
  }

  @Override
  public final List<String> values(ProtectionSpec spec) {
    return List.of(choices.get(get(spec) ? 0 : 1));
  }

  @Override
  public final ProtectionSpec with(ProtectionSpec spec, List<String> words) {
    if (words.size() != 1) {
      throw new PropertyException(this, LinkStatus.INVALID_NUMBER_OF_VALUES, "one is allowed");
    }
    int choice = choices.indexOf(words.getFirst());
    if (choice < 0) {
      throw new PropertyException(
          this,
          LinkStatus.INVALID_VALUE,
          "'" + words.getFirst() + "'; allowed: " + String.join(", ", choices));
    }
    return set(spec, choice == 0);
  }

  @Override
  public final ProtectionSpec reset(ProtectionSpec spec) {
    return set(spec, get(LinkProperties.DEFAULT));
  }
}
