package io.arbalest.zone.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.zone.HostSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabPlanTest {
  private static final LabName ALPHA = new LabName("alpha");
  private static final String LAB =
      """
      lab: two
      hosts:
        alpha: {underlay: 192.0.2.1/24, etherstubs: [stub0]}
        beta:  {underlay: 192.0.2.2/24}
      overlays:
        blue: {vni: 42}
      zones:
        web: {host: alpha, net: [{vnic: net0, over: blue, address: [10.42.0.10/24, "fd42::10/64"]}, {vnic: net1, over: stub0, protection: none}]}
        db:  {host: beta, net: [{vnic: net0, over: blue, address: 10.42.0.20/24, mac: "2:8:20:1:2:3"}]}
      """;

  @TempDir Path folder;

  @Test
  void shouldAskEachHostForItsOwnZones() throws IOException {
    LabSpec lab = lab(LAB);
    LabRecord record = grown(LabRecord.empty(lab.name(), false), lab);
    HostSpec alpha = plan(lab, record).host(ALPHA);
    assertThat(alpha.zones()).extracting(zone -> zone.name().text()).containsExactly("web");
    assertThat(alpha.overlays()).extracting(o -> o.name().text()).containsExactly("blue42");
    assertThat(alpha.etherstubs()).extracting(e -> e.name().text()).containsExactly("stub0");
    assertThat(alpha.vnics())
        .extracting(v -> v.key().toString())
        .containsExactly("web/net0", "web/net1");
    VnicSpec net0 = alpha.vnics().getFirst();
    assertThat(net0.protection().modes())
        .containsExactlyInAnyOrder("mac-nospoof", "restricted", "ip-nospoof", "dhcp-nospoof");
    assertThat(net0.protection().allowedIps())
        .extracting(Object::toString)
        .containsExactly("10.42.0.10/32", "fd42::10/128");
    assertThat(alpha.vnics().getLast().protection().modes()).isEmpty();
  }

  @Test
  void shouldKeepWhatWasDrawnWhenTheLabChanges() throws IOException {
    LabSpec lab = lab(LAB);
    LabRecord first = grown(LabRecord.empty(lab.name(), false), lab);
    LabSpec changed = lab(LAB.replace("  db:  {host: beta", "  db:  {host: alpha"));
    LabRecord second = grown(first, changed);
    assertThat(second.macs()).isEqualTo(first.macs());
    assertThat(second.uidSlots()).isEqualTo(first.uidSlots());
    assertThat(second.macs().get("db/net0")).isEqualTo(MacAddress.parse("2:8:20:1:2:3"));
  }

  @Test
  void shouldNameWhatIsToGoUntilItIsGone() throws IOException {
    LabSpec lab = lab(LAB);
    LabRecord first = grown(LabRecord.empty(lab.name(), false), lab);
    LabSpec smaller = lab(LAB.replaceAll("(?m)^  (beta|db):.*\n", ""));
    LabRecord growing = grown(first, smaller);
    assertThat(growing.hosts()).containsExactlyInAnyOrder("alpha", "beta");
    assertThat(growing.zones()).containsOnlyKeys("web", "db");
    LabRecord settled = growing.shrunkTo(smaller);
    assertThat(settled.hosts()).containsExactly("alpha");
    assertThat(settled.zones()).containsOnlyKeys("web");
  }

  @Test
  void shouldNotShareUserIdsWithAnotherLab() throws IOException {
    LabSpec lab = lab(LAB);
    LabRecord record =
        LabRecord.empty(lab.name(), false)
            .grownTo(lab, "f", Draw::macAddress, Set.of(LabRecord.FIRST_UID_SLOT));
    assertThat(record.uidSlots().values())
        .doesNotContain(LabRecord.FIRST_UID_SLOT)
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldPlaceEveryStationInTheDirectory() throws IOException {
    LabSpec lab = lab(LAB);
    LabRecord record = grown(LabRecord.empty(lab.name(), false), lab);
    assertThat(LabDirectories.json(lab, new LabName("blue"), record))
        .contains("\"02:08:20:01:02:03\"", "10.42.0.20", "192.0.2.2", "fd42::10", "192.0.2.1")
        .doesNotContain("net1");
  }

  private static LabPlan plan(LabSpec lab, LabRecord record) {
    return new LabPlan(lab, record, overlay -> Path.of("/var/lib/x/" + overlay + ".json"));
  }

  private static LabRecord grown(LabRecord record, LabSpec lab) {
    return record.grownTo(lab, "file", Draw::macAddress, Set.of());
  }

  private LabSpec lab(String text) throws IOException {
    return LabFile.read(Files.writeString(folder.resolve("lab.yaml"), text));
  }
}
