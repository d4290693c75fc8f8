package io.arbalest.zone.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.PortGuard;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LearningGuardTest {
  /** A default that is not handed on would silently switch a part of the guard off. */
  @Test
  void handsOnEverythingAGuardIsAsked() throws Exception {
    for (Method method : PortGuard.class.getMethods()) {
      assertThat(
              LearningGuard.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
          .isNotNull();
    }
    assertThat(Arrays.asList(PortGuard.class.getMethods())).hasSizeGreaterThan(6);
  }

  @Test
  void knowsWhichZonesHaveToProbe() {
    assertThat(LearningGuard.makesAddresses(vnic())).isFalse();
    assertThat(LearningGuard.makesAddresses(vnic("dhcpv4"))).isFalse();
    assertThat(LearningGuard.makesAddresses(vnic("dhcpv4", "slaac"))).isTrue();
    assertThat(LearningGuard.makesAddresses(vnic("dhcpv6"))).isTrue();
    assertThat(LearningGuard.makesAddresses(vnic("addrconf"))).isTrue();
  }

  private static VnicSpec vnic(String... methods) {
    ProtectionSpec asked =
        new ProtectionSpec(
            Set.of("ip-nospoof"),
            List.<IpPrefix>of(),
            Set.of(methods),
            ProtectionSpec.Clients.OWN,
            ProtectionSpec.Grants.NONE,
            ProtectionSpec.Reception.OPEN);
    return new VnicSpec(
        VnicKey.parse("web/net0"),
        new LinkName("stub0"),
        MacAssignment.fixed(MacAddress.parse("2:8:20:1:2:3")),
        OptionalInt.empty(),
        asked);
  }
}
