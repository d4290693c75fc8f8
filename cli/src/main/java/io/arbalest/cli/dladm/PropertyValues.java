package io.arbalest.cli.dladm;

import io.arbalest.antispoof.Protection;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import io.arbalest.linux.net.InvalidAddressException;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.vnic.InvalidNameException;
import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ZoneName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
  private static final String NONE = "none";

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

  /**
   * {@code protection=mode,...} and {@code allowed-ips=address,...}. Without the first a VNIC is
   * protected by default; {@code protection=none} asks for none.
   */
  ProtectionSpec protection() {
    List<String> modes = take("protection").orElseGet(PropertyValues::defaultModes);
    List<String> ips = take("allowed-ips").orElse(List.of());
    List<String> asked = modes.equals(List.of(NONE)) ? List.of() : modes;
    checked("protection", () -> Protection.parse(asked));
    return ProtectionSpec.of(
        new LinkedHashSet<>(asked),
        ips.stream().map(ip -> checked("allowed-ips", () -> IpPrefix.parse(ip))).toList());
  }

  private static List<String> defaultModes() {
    return List.of(Protection.DEFAULT.toString().split(","));
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
    } catch (InvalidNameException | InvalidAddressException e) {
      throw failed(property, LinkStatus.INVALID_VALUE, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw failed(property, LinkStatus.INVALID_VALUE, String.valueOf(e.getMessage()));
    }
  }

  private static VerbException failed(String property, LinkStatus status, String detail) {
    return new VerbException(
        "failed to set property " + property + ": " + status.text() + ": " + detail);
  }
}
