package io.arbalest.zone.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.InstanceName;
import io.arbalest.zone.UidSlot;
import io.arbalest.zone.ZoneException;
import io.arbalest.zone.ZoneSpec;
import io.arbalest.zone.plan.Plan;
import io.arbalest.zone.plan.PlanException;
import io.arbalest.zone.plan.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecStoreTest {
  private static final EtherstubSpec STUB = new EtherstubSpec(new LinkName("stub0"));
  private static final ZoneSpec WEB = ZoneSpec.stackOnly(new ZoneName("web")).with(new UidSlot(7));
  private static final VnicKey NET0 = VnicKey.of(WEB.name(), new LinkName("net0"));
  private static final VnicSpec VNIC =
      new VnicSpec(
          NET0,
          STUB.name(),
          MacAssignment.fixed(MacAddress.parse("2:8:20:0:0:1")),
          OptionalInt.empty(),
          ProtectionSpec.NONE);
  private static final AddressSpec ADDRESS =
      new AddressSpec(NET0, List.of(IpPrefix.parse("10.0.0.1/24")));
  private static final HostSpec FULL =
      new HostSpec(List.of(STUB), List.of(), List.of(WEB), List.of(VNIC), List.of(ADDRESS));

  @TempDir Path temp;

  private SpecStore open() {
    return SpecStore.open(temp.resolve("state"));
  }

  private void change(HostSpec from, HostSpec to) {
    open().around(from, to, new Plan()).apply(Progress.NONE);
  }

  @Test
  void shouldFindWhatWasStoredAndNothingThatWasForgotten() {
    change(HostSpec.EMPTY, FULL);
    assertThat(open().load()).isEqualTo(new SpecStore.Loaded(FULL, List.of(), true));
    assertThat(temp.resolve("state/vnics/web@net0.json")).exists();
    change(FULL, HostSpec.EMPTY);
    assertThat(open().load().spec()).isEqualTo(HostSpec.EMPTY);
    open().load();
  }

  @Test
  void shouldNotTakeAnEmptyStoreForAWish() {
    assertThat(open().load().certain()).isFalse();
  }

  @Test
  void shouldWantWhatWasWantedBeforeOrAfterWhereverAChangeEnds() {
    int calls = countCalls();
    assertThat(calls).isGreaterThan(8);
    for (int n = 1; n <= calls; n++) {
      change(open().load().spec(), HostSpec.EMPTY);
      open().settled();
      for (HostSpec to : List.of(FULL, HostSpec.EMPTY)) {
        HostSpec from = open().load().spec();
        open().settled();
        crash(n, from, to);
        assertThat(open().load().spec()).as("crash at call %d", n).isIn(from, to);
        assertThat(open().load().problems()).isEmpty();
        open().settled();
      }
    }
  }

  private int countCalls() {
    try (Failpoint.Armed counting = Failpoint.arm("0:kill")) {
      change(HostSpec.EMPTY, FULL);
      return counting.hits().size();
    }
  }

  private void crash(int n, HostSpec from, HostSpec to) {
    try (Failpoint.Armed armed = Failpoint.arm(n + ":stop")) {
      change(from, to);
      assertThat(armed.hits()).hasSizeLessThan(n);
    } catch (PlanException e) {
      assertThat(e).hasMessageContaining("failpoint");
    }
  }

  @Test
  void shouldStoreBeforeTheKernelIsTouchedAndForgetAfter() {
    Plan look =
        new Plan()
            .add("look", () -> assertThat(temp.resolve("state/zones/web.json")).exists(), () -> {});
    open().around(HostSpec.EMPTY, FULL, look).apply(Progress.NONE);
    open().around(FULL, HostSpec.EMPTY, look).apply(Progress.NONE);
    assertThat(temp.resolve("state/zones/web.json")).doesNotExist();
  }

  @Test
  void shouldRestoreTheStoreWhenTheKernelRefuses() {
    change(HostSpec.EMPTY, FULL);
    Plan refuse =
        new Plan()
            .add(
                "try",
                () -> {
                  throw new IllegalStateException("no");
                },
                () -> {});
    EtherstubSpec other = new EtherstubSpec(STUB.name(), 1500);
    HostSpec next = new HostSpec(List.of(other), List.of(), List.of(WEB), List.of(VNIC), List.of());
    assertThatThrownBy(() -> open().around(FULL, next, refuse).apply(Progress.NONE))
        .hasMessage("try: no");
    assertThat(open().load()).isEqualTo(new SpecStore.Loaded(FULL, List.of(), true));
  }

  @Test
  void shouldSetAsideWhatNoLongerFitsSoThatItCannotComeBack() throws IOException {
    change(HostSpec.EMPTY, FULL);
    Files.delete(temp.resolve("state/zones/web.json"));
    SpecStore.Loaded loaded = open().load();
    assertThat(loaded.spec())
        .isEqualTo(new HostSpec(List.of(STUB), List.of(), List.of(), List.of(), List.of()));
    assertThat(loaded.certain()).isFalse();
    assertThat(loaded.problems())
        .anySatisfy(p -> assertThat(p).contains("vnics/web@net0").contains("zone 'web'"))
        .anySatisfy(p -> assertThat(p).contains("addresses/web@net0"));
    assertThat(temp.resolve("state/vnics/web@net0.json")).doesNotExist();
  }

  @Test
  void shouldRefuseToRemoveWhatIsBusyOrNotThere() {
    assertThatThrownBy(() -> Edits.withoutEtherstub(STUB.name()).apply(FULL))
        .isInstanceOf(LinkException.class)
        .hasMessage("link busy: stub0 has VNICs [web/net0]");
    assertThatThrownBy(() -> Edits.withoutVnic(VnicKey.parse("web/net1")).apply(FULL))
        .isInstanceOf(LinkException.class)
        .hasMessage("object not found: web/net1");
    assertThatThrownBy(() -> Edits.withoutOverlay(new LinkName("blue0")).apply(FULL))
        .hasMessage("object not found: blue0");
    assertThatThrownBy(() -> Edits.withoutZone(new ZoneName("db")).apply(FULL))
        .isInstanceOf(ZoneException.class)
        .hasMessage("zone 'db': No such zone configured");
  }

  @Test
  void shouldRemoveAZoneWithItsVnicsAndAVnicWithItsAddresses() {
    HostSpec left = Edits.withoutZone(WEB.name()).apply(FULL);
    assertThat(left.vnics()).isEmpty();
    assertThat(left.addresses()).isEmpty();
    assertThat(Edits.withoutVnic(NET0).apply(FULL).addresses()).isEmpty();
    HostSpec bare = Edits.with(new AddressSpec(NET0, List.of())).apply(FULL);
    assertThat(bare.addresses()).isEmpty();
  }

  private Instance instance(String name) {
    return Instance.of(
        InstanceName.of("lab", name),
        Map.of("ARBALEST_STATE", temp + "/s", "ARBALEST_RUN", temp + "/r"));
  }

  private static HostSpec zones(String... names) {
    List<ZoneSpec> zones =
        List.of(names).stream().map(ZoneName::new).map(ZoneSpec::stackOnly).toList();
    return new HostSpec(List.of(), List.of(), zones, List.of(), List.of());
  }

  @Test
  void shouldChooseUidSlotsOnceAndKeepThem() {
    UidSlots slots = new UidSlots(instance("alpha"));
    HostSpec first = slots.choose(zones("a", "b"), HostSpec.EMPTY);
    assertThat(first.zones()).extracting(ZoneSpec::slot).doesNotHaveDuplicates();
    assertThat(first.zones()).noneMatch(zone -> zone.slot().isAuto());
    HostSpec second = slots.choose(zones("a", "b", "c"), first);
    assertThat(second.zones()).containsAll(first.zones());
    assertThat(second.zones()).extracting(ZoneSpec::slot).doesNotHaveDuplicates();
  }

  @Test
  void shouldStepOverTheUidSlotsOfSiblings() {
    Instance alpha = instance("alpha");
    UidSlot first =
        new UidSlots(alpha).choose(zones("a"), HostSpec.EMPTY).zones().getFirst().slot();
    HostSpec theirs =
        new HostSpec(
            List.of(),
            List.of(),
            List.of(ZoneSpec.stackOnly(new ZoneName("x")).with(first)),
            List.of(),
            List.of());
    SpecStore.open(instance("beta").state())
        .around(HostSpec.EMPTY, theirs, new Plan())
        .apply(Progress.NONE);
    UidSlot next = new UidSlots(alpha).choose(zones("a"), HostSpec.EMPTY).zones().getFirst().slot();
    assertThat(next).isNotEqualTo(first);
  }
}
