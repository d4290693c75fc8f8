package io.arbalest.antispoof.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.DropReason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemedyTest {
  private static final Set<String> PROPERTIES =
      Set.of(
          "protection",
          "allowed-ips",
          "allowed-dhcp-cids",
          "allow-all-dhcp-cids",
          "dynamic-methods",
          "secondary-macs",
          "vrrp-ids",
          "routed-prefixes",
          "roles",
          "reception",
          "trusted-servers",
          "learned-ips");

  @ParameterizedTest
  @EnumSource(DropReason.class)
  void shouldHaveOneForEveryReason(DropReason reason) {
    Remedy remedy = Remedy.of(reason);
    assertThat(remedy.advice()).matches("[A-Z0-9:].*\\.");
    assertThat(PROPERTIES).containsAll(remedy.properties());
    remedy
        .change()
        .ifPresent(
            change -> {
              assertThat(remedy.properties()).contains(change.property());
              assertThat(change.added().size() + change.removed().size()).isPositive();
            });
  }

  /** A setting that helps must be one of the direction's own. */
  @ParameterizedTest
  @EnumSource(DropReason.class)
  void shouldLookAtReceptionForWhatIsReceivedOnly(DropReason reason) {
    Set<String> receiving = Set.of("reception", "trusted-servers");
    Remedy.of(reason)
        .change()
        .ifPresent(
            change ->
                assertThat(receiving.contains(change.property())).isEqualTo(reason.atReceiver()));
  }

  @Test
  void shouldAddToWhatIsThereAndTakeAway() {
    Remedy.Change allow = Remedy.of(DropReason.IPV4_SOURCE).change().orElseThrow();
    assertThat(allow.values(List.of("10.0.0.5/32"), Optional.of("10.0.0.9")))
        .containsExactly("10.0.0.5/32", "10.0.0.9");
    assertThat(allow.values(List.of(), Optional.empty())).containsExactly("ADDRESS");
    Remedy.Change loosen = Remedy.of(DropReason.ETHERTYPE).change().orElseThrow();
    assertThat(loosen.values(List.of("mac-nospoof", "restricted", "ip-nospoof"), Optional.empty()))
        .containsExactly("mac-nospoof", "ip-nospoof");
  }
}
