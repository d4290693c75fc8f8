package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.ProtectionSpec.Clients;
import io.arbalest.vnic.ProtectionSpec.Grants;
import io.arbalest.vnic.ProtectionSpec.Reception;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortMacsTest {
  private static final MacAddress OWN = MacAddress.parse("2:8:20:0:0:1");
  private static final MacAddress SECOND = MacAddress.parse("2:8:20:0:0:2");

  private static PortMacs macs(List<MacAddress> secondary, Set<Integer> vrrp) {
    Grants grants = new Grants(Set.of(), secondary, vrrp, List.of());
    return PortMacs.of(
        new VnicSpec(
            VnicKey.parse("web/net0"),
            new LinkName("stub0"),
            MacAssignment.fixed(OWN),
            OptionalInt.empty(),
            new ProtectionSpec(
                Set.of(), List.of(), Set.of(), Clients.OWN, grants, Reception.OPEN)));
  }

  @Test
  void shouldHaveTheOwnAddressAlone() {
    PortMacs plain = macs(List.of(), Set.of());
    assertThat(plain.own()).containsExactly(OWN);
    assertThat(plain.isMore()).isFalse();
  }

  @Test
  void shouldAddSecondaryAddressesAndThoseOfVirtualRouters() {
    PortMacs macs = macs(List.of(SECOND), Set.of(1, 255));
    assertThat(macs.own()).containsExactly(OWN, SECOND);
    assertThat(macs.shared())
        .containsExactlyInAnyOrder(
            MacAddress.parse("0:0:5e:0:1:1"),
            MacAddress.parse("0:0:5e:0:2:1"),
            MacAddress.parse("0:0:5e:0:1:ff"),
            MacAddress.parse("0:0:5e:0:2:ff"));
    assertThat(macs.isMore()).isTrue();
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    assertThatThrownBy(() -> macs(List.of(OWN), Set.of()))
        .hasMessage("MAC address is already in use: 2:8:20:0:0:1 over stub0");
    assertThatThrownBy(() -> macs(List.of(SECOND, SECOND), Set.of()))
        .hasMessage("MAC address is already in use: 2:8:20:0:0:2 over stub0");
    assertThatThrownBy(() -> macs(List.of(MacAddress.BROADCAST), Set.of()))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("'ff:ff:ff:ff:ff:ff' is not a unicast address");
    assertThatThrownBy(() -> macs(List.of(), Set.of(256)))
        .hasMessage("invalid range: vrrp-ids 256: 1 to 255 is allowed");
  }
}
