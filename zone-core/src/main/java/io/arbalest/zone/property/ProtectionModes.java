package io.arbalest.zone.property;

import io.arbalest.antispoof.Protection;
import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.ProtectionSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code protection}: illumos's modes, {@code illumos-compat} for illumos's verdicts without the
 * guards beyond them, or {@code none} alone.
 */
final class ProtectionModes extends WordsProperty {
  private static final String NONE = "none";

  ProtectionModes() {
    super("protection", choiceList());
  }

  private static List<String> choiceList() {
    return Stream.concat(Protection.words().stream(), Stream.of(NONE)).toList();
  }

  @Override
  public ProtectionSpec with(ProtectionSpec spec, List<String> words) {
    if (words.contains(NONE) && words.size() > 1) {
      throw new PropertyException(this, LinkStatus.INVALID_VALUE, "'none' stands alone");
    }
    return super.with(spec, words);
  }

  /** No mode is shown as no value: that is how illumos shows an unprotected link. */
  @Override
  Set<String> words(ProtectionSpec spec) {
    return spec.modes();
  }

  @Override
  ProtectionSpec setWords(ProtectionSpec spec, Set<String> words) {
    return new ProtectionSpec(
        words.contains(NONE) ? Set.of() : words,
        spec.allowedIps(),
        spec.methods(),
        spec.clients(),
        spec.grants(),
        spec.reception());
  }
}
