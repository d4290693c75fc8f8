package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.PolicyFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which modes protect a VNIC, and in which form. In the strict one, the guards beyond illumos are
 * on with any mode; in the compatible one, each mode decides exactly as in illumos. With no mode,
 * every frame passes.
 *
 * @param modes in illumos's order
 * @param compat whether in the form of illumos
 */
public record Protection(Set<ProtectionMode> modes, boolean compat) {
  /** The word that asks for illumos's form, of all modes if no other word is there. */
  public static final String ILLUMOS_COMPAT = "illumos-compat";

  /** What a VNIC gets unless it asks for something else: all modes, strict. */
  public static final Protection DEFAULT = of(ProtectionMode.values());

  /** No protection at all. */
  public static final Protection NONE = of();

  public Protection {
    if (compat && modes.isEmpty()) {
      modes = EnumSet.allOf(ProtectionMode.class);
    }
    modes = modes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(modes));
  }

  /** Modes in the strict form. */
  public static Protection of(ProtectionMode... modes) {
    return new Protection(Set.of(modes), false);
  }

  /** Modes in the form of illumos; all of them if none is given. */
  public static Protection compat(ProtectionMode... modes) {
    return new Protection(Set.of(modes), true);
  }

  /**
   * The protection of a list of words; an empty list means none.
   *
   * @throws InvalidPolicyException if one is unknown
   */
  public static Protection parse(Collection<String> words) {
    Set<ProtectionMode> modes = EnumSet.noneOf(ProtectionMode.class);
    for (String word : words) {
      if (!word.equals(ILLUMOS_COMPAT)) {
        modes.add(ProtectionMode.parse(word));
      }
    }
    return new Protection(modes, words.contains(ILLUMOS_COMPAT));
  }

  /** Every word that {@link #parse} knows. */
  public static List<String> words() {
    List<String> words =
        new ArrayList<>(Arrays.stream(ProtectionMode.values()).map(ProtectionMode::label).toList());
    words.add(ILLUMOS_COMPAT);
    return words;
  }

  /** Whether the guards beyond illumos are on. */
  public boolean guards() {
    return !modes.isEmpty() && !compat;
  }

  boolean has(PolicyFlag flag) {
    return modes.stream().anyMatch(mode -> mode.flag() == flag);
  }

  /** The words joined by commas, as {@code dladm show-linkprop} writes them. */
  @Override
  public String toString() {
    Stream<String> names = modes.stream().map(ProtectionMode::label);
    return String.join(",", Stream.concat(names, compatWord()).toList());
  }

  private Stream<String> compatWord() {
    return compat ? Stream.of(ILLUMOS_COMPAT) : Stream.empty();
  }
}
