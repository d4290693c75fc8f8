package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.PolicySet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostPolicyTest {
  private static final HostPolicy HOST = new HostPolicy(DecisionTable.STATIC, Policies.VTEPS);

  @Test
  void shouldKnowAddressesTogetherWithPorts() {
    assertThat(HOST.contains(PolicySet.VTEP_IPV4, 0x0a09_0001L, 4789)).isTrue();
    assertThat(HOST.contains(PolicySet.VTEP_IPV4, 0x0a09_0001L, 4791)).isFalse();
    assertThat(HOST.contains(PolicySet.VTEP_IPV4, 0x0a09_0003L, 4789)).isFalse();
    assertThat(HOST.contains(PolicySet.VTEP_IPV6, 0xfd09_0000_0000_0000L, 1, 4789)).isTrue();
    assertThat(HOST.contains(PolicySet.VTEP_IPV6, 0xfd09_0000_0000_0000L, 3, 4789)).isFalse();
  }

  @Test
  void shouldKnowTheLowestAndTheHighestPort() {
    assertThat(HOST.field(PolicyField.VTEP_FIRST_PORT)).isEqualTo(4789);
    assertThat(HOST.field(PolicyField.VTEP_LAST_PORT)).isEqualTo(4791);
  }

  @Test
  void shouldHaveNoPortBetweenWithoutTunnels() {
    HostPolicy none = new HostPolicy(DecisionTable.STATIC, Set.of());

    assertThat(none.field(PolicyField.VTEP_FIRST_PORT))
        .isGreaterThan(none.field(PolicyField.VTEP_LAST_PORT));
  }

  @Test
  void shouldAnswerForThePortInAllElse() {
    assertThat(HOST.field(PolicyField.MAC)).isEqualTo(Frames.MAC.toLong());
    assertThat(HOST.has(PolicyFlag.IP_NOSPOOF)).isTrue();
    assertThat(HOST.has(PolicyFlag.OWN_ONLY)).isFalse();
    assertThat(HOST.contains(PolicySet.OWN_IPV4, 0x0a00_0005L)).isTrue();
    assertThat(HOST.contains(PolicySet.CLIENT_ID, new byte[] {1})).isFalse();
  }
}
