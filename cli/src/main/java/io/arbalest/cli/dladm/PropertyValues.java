package io.arbalest.cli.dladm;

import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.property.LinkProperties;
import io.arbalest.zone.property.LinkProperty;
import io.arbalest.zone.property.PropertyException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The link properties of a {@code -p}, each taken once by the verb that knows it; what is left over
 * in the end was not a property of that link.
 */
final class PropertyValues {
  private static final int LONGEST_NUMBER = 9;

  private final Map<String, List<String>> values;

  PropertyValues(Map<String, List<String>> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /** {@code mtu=bytes}; its bounds are the link's to check. */
  OptionalInt mtu() {
    Optional<String> text = single("mtu");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    String digits = text.get();
    boolean number =
        !digits.isEmpty()
            && digits.length() <= LONGEST_NUMBER
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number) {
      throw failed("mtu", LinkStatus.INVALID_VALUE, "'" + digits + "' is not a number of bytes");
    }
    return OptionalInt.of(Integer.parseInt(digits));
  }

  /** {@code zone=name}; {@code global} is the host itself. */
  Optional<ZoneName> zone() {
    return single("zone")
        .filter(name -> !name.equals(ZoneName.GLOBAL))
        .map(name -> checked("zone", () -> new ZoneName(name)));
  }

  /** What the guard shall enforce: every property that was not given has its default. */
  ProtectionSpec protection(Session session) {
    ProtectionSpec spec = LinkProperties.DEFAULT;
    for (LinkProperty property : LinkProperties.all()) {
      ProtectionSpec before = spec;
      spec =
          take(property.name())
              .map(words -> checked(property.name(), () -> with(before, property, words, session)))
              .orElse(before);
    }
    return spec;
  }

  private static ProtectionSpec with(
      ProtectionSpec spec, LinkProperty property, List<String> words, Session session) {
    return property.with(spec, ValueFile.resolve(property, words, session));
  }

  /**
   * Ends the reading.
   *
   * @throws VerbException if there is a property that nobody took
   */
  void requireNoOther() {
    if (!values.isEmpty()) {
      String name = values.keySet().iterator().next();
      throw failed(
          Words.printable(name), LinkStatus.INVALID_PROPERTY, "no link of this class has it");
    }
  }

  private Optional<String> single(String name) {
    Optional<List<String>> list = take(name);
    if (list.isPresent() && list.get().size() > 1) {
      throw failed(name, LinkStatus.INVALID_NUMBER_OF_VALUES, "one is allowed");
    }
    return list.map(List::getFirst);
  }

  private Optional<List<String>> take(String name) {
    return Optional.ofNullable(values.remove(name));
  }

  private static <T> T checked(String property, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (PropertyException e) {
      throw failed(property, e.status(), String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw failed(property, LinkStatus.INVALID_VALUE, String.valueOf(e.getMessage()));
    }
  }

  private static VerbException failed(String property, LinkStatus status, String detail) {
    return new VerbException(
        "failed to set property " + property + ": " + status.text() + ": " + detail);
  }
}
