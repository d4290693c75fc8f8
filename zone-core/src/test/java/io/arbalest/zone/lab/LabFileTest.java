package io.arbalest.zone.lab;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.IpPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabFileTest {
  private static final String GOOD =
      """
      lab: two-hosts
      hosts:
        alpha: {underlay: 192.0.2.1/24, etherstubs: [stub0]}
        beta:  {underlay: 192.0.2.2/24}
      overlays:
        blue: {vni: 42, encap: vxlan, directory: files}
      zones:
        web: {host: alpha, net: [{vnic: net0, over: blue, address: [10.42.0.10/24, "fd42::10/64"]}]}
        db:  {host: beta, net: [{vnic: net0, over: blue, address: 10.42.0.20/24, mac: 2:8:20:1:2:3}]}
        cache: {host: alpha, net: [{vnic: net0, over: stub0, mtu: 1400, protection: none}]}
      """;

  @TempDir Path folder;

  @Test
  void shouldReadEveryKey() throws IOException {
    LabSpec lab = LabFile.read(file(GOOD));
    assertThat(lab.name().text()).isEqualTo("two-hosts");
    assertThat(lab.hosts().keySet()).extracting(LabName::text).containsExactly("alpha", "beta");
    LabName blue = new LabName("blue");
    assertThat(requireNonNull(lab.overlays().get(blue)).link(blue)).hasToString("blue42");
    LabSpec.Net web = net(lab, "web");
    assertThat(web.addresses())
        .containsExactly(IpPrefix.parse("10.42.0.10/24"), IpPrefix.parse("fd42::10/64"));
    assertThat(web.protection()).isEmpty();
    LabSpec.Net cache = net(lab, "cache");
    assertThat(cache.mtu()).contains(1400);
    assertThat(cache.protection()).hasValueSatisfying(modes -> assertThat(modes).isEmpty());
  }

  @Test
  void shouldReadTheLabOfTheDocs() {
    LabSpec lab = LabFile.read(Path.of("../docs/labs/two-hosts.yaml"));
    assertThat(lab.zones()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          vni: 42               | vni: 16777216      | 6  | overlays.blue.vni: '16777216' is not a whole number from 0 to 16777215
          vni: 42               | vni: -1            | 6  | is not a whole number from 0 to 16777215
          vni: 42,              | vnii: 42,          | 6  | unknown key 'vnii' in overlays.blue; allowed: directory, encap, vni
          encap: vxlan          | encap: geneve      | 6  | 'geneve'; allowed: vxlan
          directory: files      | directory: svp     | 6  | 'svp'; allowed: files
          host: beta            | host: gamma        | 9  | zones.db.host: no host 'gamma'; the hosts are: alpha, beta
          10.42.0.20/24         | 10.42.0.10/24      | 9  | duplicate address 10.42.0.10, already given to zones.web.net.address
          10.42.0.20/24         | 10.42.0.300/24     | 9  | 10.42.0.300
          over: stub0           | over: stub1        | 10 | no overlay and no etherstub of its host is called 'stub1'; overlays: blue; etherstubs: stub0
          mtu: 1400             | mtu: 70000         | 10 | zones.cache.net.mtu: '70000' is not a whole number from 576 to 9000
          protection: none      | protection: maybe  | 10 | 'maybe'; allowed: ip-nospoof, mac-nospoof, none, restricted
          mac: 2:8:20:1:2:3     | mac: 1:8:20:1:2:3  | 9  | cannot be a VNIC's
          lab: two-hosts        | lab: ../../etc     | 1  | invalid name '../../etc'
          lab: two-hosts        | labb: two-hosts    | 1  | unknown key 'labb'; allowed: hosts, lab, overlays, zones
          web: {                | beta: {          | 3  | 'beta' is a host and a zone
          192.0.2.2/24          | 192.0.3.2/24       | 3  | underlay addresses are not in one network
          host: alpha, net: [{vnic: net0, over: stub0 | host: alpha, nat: [{vnic: net0, over: stub0 | 10 | unknown key 'nat'
          """)
  void shouldRefuseWithFileLineAndWhatIsAllowed(String good, String bad, int line, String text)
      throws IOException {
    assertThat(GOOD).contains(good);
    Path file = file(GOOD.replace(good, bad));
    assertThatThrownBy(() -> LabFile.read(file))
        .isInstanceOf(LabFileException.class)
        .hasMessageStartingWith(file + ":" + line + ": ")
        .hasMessageContaining(text);
  }

  @Test
  void shouldRefuseWhatCouldExhaustTheReader() throws IOException {
    assertThatThrownBy(() -> LabFile.read(file("[".repeat(100_000))))
        .hasMessageContaining("nested deeper than 32 levels");
    assertThatThrownBy(() -> LabFile.read(file("#".repeat((1 << 20) + 1))))
        .hasMessageContaining("at most 1048576 are allowed");
    assertThatThrownBy(() -> LabFile.read(file("a: &x [1]\nb: *x\n")))
        .hasMessageContaining("anchors and aliases are not allowed");
    assertThatThrownBy(() -> LabFile.read(file(""))).hasMessageContaining("the file is empty");
    assertThatThrownBy(() -> LabFile.read(folder.resolve("none.yaml")))
        .hasMessageContaining("NoSuchFileException");
  }

  @Test
  void shouldNeverFailInAnotherWayOnMutatedText() throws IOException {
    Random random = new Random(42);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder(GOOD);
      for (int edit = random.nextInt(1, 5); edit > 0; edit--) {
        int at = random.nextInt(text.length());
        text.replace(at, at + random.nextInt(1, 4), randomText(random));
      }
      Path file = file(text.toString());
      try {
        LabFile.read(file);
      } catch (LabFileException refused) {
        assertThat(refused).hasMessageStartingWith(file + ":");
      }
    }
  }

  private static LabSpec.Net net(LabSpec lab, String zone) {
    return requireNonNull(lab.zones().get(new LabName(zone))).net().getFirst();
  }

  private static String randomText(Random random) {
    return String.valueOf("{}[]:,-\"'&*!|>%@ \n\t0a\u0000\u2028".charAt(random.nextInt(22)));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("lab.yaml"), text);
  }
}
