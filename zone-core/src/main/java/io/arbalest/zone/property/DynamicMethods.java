package io.arbalest.zone.property;

import io.arbalest.vnic.ProtectionSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code dynamic-methods}: how the zone may get addresses by itself. */
final class DynamicMethods extends WordsProperty {
  private static final String BOTH_OF_IPV6 = "addrconf";
  private static final List<String> IPV6 = List.of("dhcpv6", "slaac");

  DynamicMethods() {
    super("dynamic-methods", List.of("dhcpv4", "dhcpv6", "slaac", BOTH_OF_IPV6));
  }

  /** Two of the methods have a name together; what it stands for is what is kept and shown. */
  @Override
  public ProtectionSpec with(ProtectionSpec spec, List<String> words) {
    return super.with(spec, words.contains(BOTH_OF_IPV6) ? spelledOut(words) : words);
  }

  private static List<String> spelledOut(List<String> words) {
    return Stream.concat(
            words.stream().filter(word -> !word.equals(BOTH_OF_IPV6) && !IPV6.contains(word)),
            IPV6.stream())
        .toList();
  }

  @Override
  Set<String> words(ProtectionSpec spec) {
    return spec.methods();
  }

  @Override
  ProtectionSpec setWords(ProtectionSpec spec, Set<String> words) {
    return new ProtectionSpec(
        spec.modes(), spec.allowedIps(), words, spec.clients(), spec.grants(), spec.reception());
  }
}
