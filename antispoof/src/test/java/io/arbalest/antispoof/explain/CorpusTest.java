package io.arbalest.antispoof.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.antispoof.Frames;
import io.arbalest.antispoof.Grant;
import io.arbalest.antispoof.PortPolicy;
import io.arbalest.antispoof.Protection;
import io.arbalest.antispoof.ProtectionMode;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.linux.net.IpPrefix;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {
  private static List<IpPrefix> prefixes(String... texts) {
    return Arrays.stream(texts).map(IpPrefix::parse).toList();
  }

  private static PortPolicy policy(
      Protection protection, List<IpPrefix> allowed, Set<DynamicMethod> methods, Grant... grants) {
    return new PortPolicy(Frames.MAC, protection, allowed, methods, Set.of(grants));
  }

  private static final PortPolicy FIXED =
      policy(Protection.DEFAULT, prefixes("10.0.0.5/32", "10.1.0.0/16", "fd00::5/128"), Set.of());

  /** Policies of whole protection: on them, what is promised is known without the model. */
  static Stream<PortPolicy> whole() {
    return Stream.of(
        FIXED,
        policy(Protection.DEFAULT, List.of(), Set.of()),
        policy(Protection.DEFAULT, prefixes("10.1.0.0/16"), Set.of()),
        policy(Protection.DEFAULT, prefixes("fd00::/64"), Set.of()),
        policy(Protection.DEFAULT, prefixes("192.0.2.0/24", "2001:db8::/32"), Set.of()),
        policy(Protection.DEFAULT, List.of(), EnumSet.allOf(DynamicMethod.class)),
        policy(Protection.DEFAULT, List.of(), Set.of(DynamicMethod.DHCPV4)),
        policy(
            Protection.DEFAULT,
            prefixes("10.0.0.1/32", "fd00::1/128"),
            Set.of(),
            Grant.ROUTER,
            Grant.DHCP_SERVER));
  }

  private static List<Trial> trials(PortPolicy policy) {
    return Corpus.of(Frames.MAC, policy.own(), policy);
  }

  private static Optional<DropReason> verdict(Trial trial, PortPolicy policy) {
    return Explanation.of(trial.direction(), trial.frame(), policy).reason();
  }

  /** The two sayings of what must become of each frame agree. */
  @ParameterizedTest
  @MethodSource("whole")
  void shouldKeepWhatTheWholeProtectionPromises(PortPolicy policy) {
    for (Trial trial : trials(policy)) {
      if (trial.direction() == Direction.FROM_ZONE) {
        Optional<DropReason> verdict = verdict(trial, policy);
        assertThat(verdict.isEmpty())
            .as("%s of %s: %s", trial.kind(), policy, verdict)
            .isEqualTo(trial.passes().orElseThrow());
      }
    }
  }

  @Test
  void shouldNameEachReasonThatItMeans() {
    Map<String, String> said =
        trials(FIXED).stream()
            .collect(Collectors.toMap(Trial::kind, trial -> Verdicts.label(verdict(trial, FIXED))));
    assertThat(said)
        .containsEntry("eth-foreign-mac", "source-mac")
        .containsEntry("eth-vlan", "vlan-tag")
        .containsEntry("eth-qinq", "vlan-tag")
        .containsEntry("eth-llc", "llc")
        .containsEntry("arp-cut", "truncated")
        .containsEntry("arp-request", "pass")
        .containsEntry("arp-foreign-ip", "arp-sender-ip")
        .containsEntry("arp-foreign-mac", "arp-sender-mac")
        .containsEntry("ipv4-udp", "pass")
        .containsEntry("ipv4-foreign", "ipv4-source")
        .containsEntry("ipv4-loopback", "ipv4-source-loopback")
        .containsEntry("ipv6-foreign", "ipv6-source")
        .containsEntry("nd-behind-header", "nd-extension-header")
        .containsEntry("nd-in-fragment", "nd-fragment")
        .containsEntry("nd-hop-limit", "nd-hop-limit")
        .containsEntry("nd-router-advertisement", "nd-router-advertisement")
        .containsEntry("nd-redirect", "nd-redirect")
        .containsEntry("nd-option-of-0", "nd-option-malformed")
        .containsEntry("dhcp-offer", "dhcpv4-server")
        .containsEntry("dhcpv6-advertise", "dhcpv6-server")
        .containsEntry("mld-report", "pass");
  }

  /** Both the harmless and the hostile must be there, and reach many rules. */
  @Test
  void shouldReachManyReasons() {
    Set<String> reasons =
        trials(FIXED).stream()
            .map(trial -> Verdicts.label(verdict(trial, FIXED)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(reasons).hasSizeGreaterThan(25).contains("pass");
  }

  @Test
  void shouldNotPromiseForAPartOfTheProtection() {
    PortPolicy part = FIXED.with(Protection.of(ProtectionMode.MAC_NOSPOOF));
    assertThat(trials(part)).allSatisfy(trial -> assertThat(trial.passes()).isEmpty());
    PortPolicy compat = FIXED.with(Protection.likeIllumos(ProtectionMode.values()));
    assertThat(trials(compat)).allSatisfy(trial -> assertThat(trial.passes()).isEmpty());
  }

  @Test
  void shouldNeverTakeAnAllowedAddressForAStrangers() {
    PortPolicy policy = policy(Protection.DEFAULT, prefixes("192.0.2.0/24"), Set.of());
    Function<String, byte[]> frame =
        kind ->
            trials(policy).stream()
                .filter(trial -> trial.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .frame();
    assertThat(Dissection.of(frame.apply("ipv4-foreign")).summary()).contains("198.51.100.77");
  }

  @Test
  void shouldNameEveryKindOnceInOrder() {
    List<Trial> all = trials(FIXED);
    assertThat(all).extracting(Trial::kind).doesNotHaveDuplicates();
    List<Trial> some = trials(policy(Protection.DEFAULT, List.of(), Set.of()));
    assertThat(some.size()).isLessThan(all.size());
    List<String> order = all.stream().map(Trial::kind).toList();
    assertThat(Corpus.kinds(List.of(some, all))).isEqualTo(order);
    assertThat(Corpus.kinds(List.of(all, some))).isEqualTo(order);
    assertThat(Corpus.kinds(List.of())).isEmpty();
  }
}
