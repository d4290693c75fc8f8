package io.arbalest.zone.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.Vni;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.UidSlot;
import io.arbalest.zone.ZoneSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final LinkName STUB = new LinkName("stub0");
  private static final LinkName BLUE = new LinkName("blue0");

  private static EtherstubSpec stub(int mtu) {
    return new EtherstubSpec(STUB, mtu);
  }

  private static OverlaySpec overlay(int vni) {
    return OverlaySpec.of(
        BLUE,
        new Vni(vni),
        "direct",
        Map.of(
            "vxlan/listen_ip", "192.0.2.1",
            "direct/dest_ip", "192.0.2.2",
            "direct/dest_port", "4789"));
  }

  private static ZoneSpec zone(String name, int slot) {
    return ZoneSpec.stackOnly(new ZoneName(name)).with(new UidSlot(slot));
  }

  private static VnicSpec vnic(String zone, LinkName over, OptionalInt mtu, String... modes) {
    int last = zone.hashCode() & 0xffff;
    return new VnicSpec(
        VnicKey.of(new ZoneName(zone), new LinkName("net0")),
        over,
        MacAssignment.fixed(MacAddress.of(0x0208_2000_0000L + last)),
        mtu,
        ProtectionSpec.of(Set.of(modes), List.of()));
  }

  private static AddressSpec addresses(String zone, String... prefixes) {
    List<IpPrefix> parsed = new ArrayList<>();
    for (String prefix : prefixes) {
      parsed.add(IpPrefix.parse(prefix));
    }
    return new AddressSpec(VnicKey.of(new ZoneName(zone), new LinkName("net0")), parsed);
  }

  private static HostSpec host(
      EtherstubSpec stub, List<ZoneSpec> zones, List<VnicSpec> vnics, AddressSpec... addresses) {
    return new HostSpec(List.of(stub), List.of(overlay(42)), zones, vnics, List.of(addresses));
  }

  private static final VnicSpec WEB = vnic("web", STUB, OptionalInt.empty(), "mac-nospoof");
  private static final VnicSpec DB = vnic("db", BLUE, OptionalInt.of(1400), "mac-nospoof");
  private static final HostSpec BASE =
      host(
          stub(1500),
          List.of(zone("web", 1), zone("db", 2)),
          List.of(WEB, DB),
          addresses("web", "10.0.0.1/24", "fd00::1/64"));

  @Test
  void shouldFindNothingBetweenEqualStates() {
    assertThat(Difference.between(BASE, BASE).isEmpty()).isTrue();
  }

  @Test
  void shouldAddAndRemoveEverything() {
    Difference up = Difference.between(HostSpec.EMPTY, BASE);
    assertThat(up.zones().added()).isEqualTo(BASE.zones());
    assertThat(up.vnics().added()).isEqualTo(BASE.vnics());
    assertThat(up.addresses().added()).isEqualTo(BASE.addresses());
    assertThat(up.etherstubs().added()).isEqualTo(BASE.etherstubs());
    assertThat(up.overlays().added()).isEqualTo(BASE.overlays());
    Difference down = Difference.between(BASE, HostSpec.EMPTY);
    assertThat(down.vnics().removed()).isEqualTo(BASE.vnics());
    assertThat(down.zones().removed()).isEqualTo(BASE.zones());
    assertThat(down.addresses().isEmpty()).as("addresses go with their VNIC").isTrue();
  }

  @Test
  void shouldReplaceAZoneTogetherWithItsVnics() {
    HostSpec to =
        host(
            stub(1500),
            List.of(zone("web", 9), zone("db", 2)),
            List.of(WEB, DB),
            addresses("web", "10.0.0.1/24", "fd00::1/64"));
    Difference difference = Difference.between(BASE, to);
    assertThat(difference.zones().removed()).containsExactly(zone("web", 1));
    assertThat(difference.zones().added()).containsExactly(zone("web", 9));
    assertThat(difference.vnics().removed()).containsExactly(WEB);
    assertThat(difference.vnics().added()).containsExactly(WEB);
    assertThat(difference.addresses().added()).isEqualTo(to.addresses());
  }

  @Test
  void shouldReplaceAnOverlayTogetherWithItsVnics() {
    HostSpec to =
        new HostSpec(
            BASE.etherstubs(), List.of(overlay(43)), BASE.zones(), BASE.vnics(), BASE.addresses());
    Difference difference = Difference.between(BASE, to);
    assertThat(difference.overlays().removed()).containsExactly(overlay(42));
    assertThat(difference.overlays().added()).containsExactly(overlay(43));
    assertThat(difference.vnics().removed()).containsExactly(DB);
    assertThat(difference.vnics().added()).containsExactly(DB);
    assertThat(difference.zones().isEmpty()).isTrue();
  }

  @Test
  void shouldChangeProtectionInPlace() {
    VnicSpec open = vnic("web", STUB, OptionalInt.empty());
    HostSpec to =
        host(
            stub(1500),
            BASE.zones(),
            List.of(open, DB),
            addresses("web", "10.0.0.1/24", "fd00::1/64"));
    Difference difference = Difference.between(BASE, to);
    assertThat(difference.vnics().isEmpty()).isTrue();
    assertThat(difference.reguarded()).containsExactly(new Difference.Reguarded(WEB, open));
  }

  @Test
  void shouldChangeAddressesInPlace() {
    HostSpec to =
        host(stub(1500), BASE.zones(), BASE.vnics(), addresses("web", "fd00::1/64", "10.0.0.2/24"));
    Difference difference = Difference.between(BASE, to);
    assertThat(difference.addresses().removed()).containsExactly(addresses("web", "10.0.0.1/24"));
    assertThat(difference.addresses().added()).containsExactly(addresses("web", "10.0.0.2/24"));
    assertThat(difference.vnics().isEmpty()).isTrue();
  }

  @Test
  void shouldReplaceOnlyTheVnicsThatInheritAChangedMtu() {
    VnicSpec fixed = vnic("db", STUB, OptionalInt.of(1400));
    HostSpec from = host(stub(1500), BASE.zones(), List.of(WEB, fixed));
    HostSpec to = host(stub(1450), BASE.zones(), List.of(WEB, fixed));
    Difference difference = Difference.between(from, to);
    assertThat(difference.etherstubs().removed()).isEmpty();
    assertThat(difference.etherstubs().added()).containsExactly(stub(1450));
    assertThat(difference.vnics().removed()).containsExactly(WEB);
    assertThat(difference.vnics().added()).containsExactly(WEB);
  }

  /** Applying a difference to a plain model of the first state gives the second. */
  @Test
  void shouldLeadFromAnyStateToAnyOther() {
    Random random = new Random(42);
    for (int i = 0; i < 2_000; i++) {
      HostSpec from = random(random);
      HostSpec to = random(random);
      Difference difference = Difference.between(from, to);
      assertThat(applied(from.zones(), difference.zones())).hasSameElementsAs(to.zones());
      assertThat(applied(from.overlays(), difference.overlays())).hasSameElementsAs(to.overlays());
      List<VnicSpec> vnics = applied(from.vnics(), difference.vnics());
      difference.reguarded().forEach(c -> Collections.replaceAll(vnics, c.before(), c.after()));
      assertThat(vnics).hasSameElementsAs(to.vnics());
      assertThat(difference.isEmpty()).isEqualTo(from.equals(to));
    }
  }

  private static <T> List<T> applied(List<T> before, Difference.Delta<T> delta) {
    List<T> list = new ArrayList<>(before);
    assertThat(list).containsAll(delta.removed());
    list.removeAll(delta.removed());
    list.addAll(delta.added());
    return list;
  }

  private static HostSpec random(Random random) {
    List<ZoneSpec> zones = new ArrayList<>();
    List<VnicSpec> vnics = new ArrayList<>();
    List<AddressSpec> addresses = new ArrayList<>();
    int number = 0;
    for (String name : List.of("a", "b", "c")) {
      number++;
      if (random.nextInt(4) == 0) {
        continue;
      }
      zones.add(zone(name, number + 10 * random.nextInt(2)));
      if (random.nextInt(4) == 0) {
        continue;
      }
      LinkName over = random.nextBoolean() ? STUB : BLUE;
      String[] modes = random.nextBoolean() ? new String[] {"restricted"} : new String[0];
      vnics.add(vnic(name, over, OptionalInt.of(1400), modes));
      if (random.nextBoolean()) {
        addresses.add(addresses(name, "10.0.0." + number + "/24"));
      }
    }
    return new HostSpec(
        List.of(stub(1400 + 100 * random.nextInt(2))),
        List.of(overlay(random.nextInt(2))),
        zones,
        vnics,
        addresses);
  }
}
