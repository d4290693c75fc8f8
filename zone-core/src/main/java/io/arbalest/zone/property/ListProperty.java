package io.arbalest.zone.property;

import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.ProtectionSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A property with several values.
 *
 * @param <T> what one of them means
 */
abstract sealed class ListProperty<T> implements LinkProperty
    permits WordsProperty, PrefixesProperty, AllowedDhcpCids, SecondaryMacs, VrrpIds {
  private final String name;
  private final int most;

  /**
   * @param most how many values it may have
   */
  ListProperty(String name, int most) {
    this.name = name;
    this.most = most;
  }

  /**
   * What a word means.
   *
   * @throws IllegalArgumentException if it means nothing here; the text says what would do
   */
  abstract T parse(String word);

  abstract Collection<T> get(ProtectionSpec spec);

  abstract ProtectionSpec set(ProtectionSpec spec, Set<T> values);

  /** The canonical writing. */
  String text(T value) {
    return value.toString();
  }

  @Override
  public final String name() {
    return name;
  }

  final int most() {
    return most;
  }

  @Override
  public List<String> choices() {
    return List.of();
  }

  @Override
  public final List<String> values(ProtectionSpec spec) {
    return get(spec).stream().map(this::text).toList();
  }

  @Override
  public ProtectionSpec with(ProtectionSpec spec, List<String> words) {
    if (words.size() > most) {
      throw new PropertyException(
          this,
          LinkStatus.TOO_MANY_ELEMENTS_SPECIFIED,
          words.size() + " values; at most " + most + " are allowed");
    }
    List<T> values = new ArrayList<>();
    words.forEach(word -> values.add(read(word)));
    return set(spec, LinkProperty.once(this, values));
  }

  private T read(String word) {
    try {
      return parse(word);
    } catch (IllegalArgumentException e) {
      throw new PropertyException(this, LinkStatus.INVALID_VALUE, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public ProtectionSpec reset(ProtectionSpec spec) {
    return set(spec, Set.copyOf(get(LinkProperties.DEFAULT)));
  }
}
