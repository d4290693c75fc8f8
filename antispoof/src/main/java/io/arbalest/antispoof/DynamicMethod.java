package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.PolicyFlag;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How a zone may get addresses by itself: illumos's {@code dynamic-methods}. */
public enum DynamicMethod {
  DHCPV4("dhcpv4", PolicyFlag.METHOD_DHCPV4, 4),
  DHCPV6("dhcpv6", PolicyFlag.METHOD_DHCPV6, 6),
  SLAAC("slaac", PolicyFlag.METHOD_SLAAC, 6);

  /** Short for both methods of IPv6. */
  public static final String ADDRCONF = "addrconf";

  private static final List<String> WORDS =
      Stream.concat(Arrays.stream(values()).map(DynamicMethod::label), Stream.of(ADDRCONF))
          .toList();

  private final String label;
  private final PolicyFlag flag;
  private final int family;

  DynamicMethod(String label, PolicyFlag flag, int family) {
    this.label = label;
    this.flag = flag;
    this.family = family;
  }

  /** The name in commands and files. */
  public String label() {
    return label;
  }

  PolicyFlag flag() {
    return flag;
  }

  /** Whether it gives addresses of an IP version, 4 or 6. */
  boolean isFor(int version) {
    return family == version;
  }

  /**
   * The methods of a list of names.
   *
   * @throws InvalidPolicyException if one is unknown
   */
  public static Set<DynamicMethod> parse(Collection<String> names) {
    Set<DynamicMethod> methods = EnumSet.noneOf(DynamicMethod.class);
    for (String name : names) {
      if (name.equals(ADDRCONF)) {
        methods.addAll(EnumSet.of(DHCPV6, SLAAC));
      } else {
        methods.add(parse(name));
      }
    }
    return methods;
  }

  private static DynamicMethod parse(String name) {
    return Limits.word("dynamic-methods", name, values(), DynamicMethod::label, WORDS);
  }

  @Override
  public String toString() {
    return label;
  }
}
