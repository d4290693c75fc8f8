package io.arbalest.zone.lab;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.zone.property.LinkProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    assertThat(web.protection().modes())
        .containsExactly("mac-nospoof", "restricted", "ip-nospoof", "dhcp-nospoof");
    assertThat(web.protection().allowedIps())
        .extracting(Object::toString)
        .containsExactly("10.42.0.10/32", "fd42::10/128");
    LabSpec.Net cache = net(lab, "cache");
    assertThat(cache.mtu()).contains(1400);
    assertThat(cache.protection().modes()).isEmpty();
  }

  @Test
  void shouldReadEveryLinkProperty() throws IOException {
    String entry =
        "vnic: net0, over: stub0, protection: [restricted, mac-nospoof], "
            + "allowed-ips: [10.0.0.5, 10.1.0.0/16], dynamic-methods: addrconf, "
            + "allowed-dhcp-cids: web, allow-all-dhcp-cids: true, promisc-filtered: off, "
            + "secondary-macs: ['2:8:20:0:0:9'], vrrp-ids: [7, 3], routed-prefixes: 10.9.0.0/16, "
            + "roles: [router, dhcp-server], reception: ra-guard, trusted-servers: [fe80::/10]";
    LabSpec lab =
        LabFile.read(
            file(GOOD.replace("vnic: net0, over: stub0, mtu: 1400, protection: none", entry)));
    ProtectionSpec spec = net(lab, "cache").protection();
    Map<String, List<String>> values = new LinkedHashMap<>();
    LinkProperties.all().forEach(p -> values.put(p.name(), p.values(spec)));
    assertThat(values)
        .containsExactly(
            Map.entry("protection", List.of("mac-nospoof", "restricted")),
            Map.entry("allowed-ips", List.of("10.0.0.5/32", "10.1.0.0/16")),
            Map.entry("allowed-dhcp-cids", List.of("web")),
            Map.entry("allow-all-dhcp-cids", List.of("true")),
            Map.entry("dynamic-methods", List.of("dhcpv6", "slaac")),
            Map.entry("promisc-filtered", List.of("off")),
            Map.entry("secondary-macs", List.of("2:8:20:0:0:9")),
            Map.entry("vrrp-ids", List.of("7", "3")),
            Map.entry("routed-prefixes", List.of("10.9.0.0/16")),
            Map.entry("roles", List.of("dhcp-server", "router")),
            Map.entry("reception", List.of("ra-guard")),
            Map.entry("trusted-servers", List.of("fe80::/10")));
  }

  @Test
  void shouldNeedNoAddressWhereAMethodGetsOne() throws IOException {
    String dynamic = GOOD.replace("mtu: 1400, protection: none", "dynamic-methods: dhcpv4");
    LabSpec.Net cache = net(LabFile.read(file(dynamic)), "cache");
    assertThat(cache.addresses()).isEmpty();
    assertThat(cache.protection().allowedIps()).isEmpty();
    assertThat(cache.protection().methods()).containsExactly("dhcpv4");
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
          protection: none      | protection: maybe  | 10 | zones.cache.net.protection: 'maybe'; allowed: mac-nospoof, restricted, ip-nospoof, dhcp-nospoof, illumos-compat, none
          mac: 2:8:20:1:2:3     | mac: 1:8:20:1:2:3  | 9  | cannot be a VNIC's
          lab: two-hosts        | lab: ../../etc     | 1  | invalid name '../../etc'
          lab: two-hosts        | labb: two-hosts    | 1  | unknown key 'labb'; allowed: hosts, lab, overlays, zones
          protection: none      | protection: [none, restricted] | 10 | zones.cache.net.protection: 'none' stands alone
          protection: none      | protection: []     | 10 | zones.cache.net.protection: a value is missing; allowed: mac-nospoof
          protection: none      | protections: none  | 10 | unknown key 'protections' in zones.cache.net; allowed: address, allow-all-dhcp-cids, allowed-dhcp-cids, allowed-ips
          protection: none      | allowed-ips: 10.0.0.1/24 | 10 | zones.cache.net.allowed-ips: '10.0.0.1/24': host bits must be zero; 10.0.0.1/32 or 10.0.0.0/24 is allowed
          protection: none      | dynamic-methods: [dhcpv4, bootp] | 10 | zones.cache.net.dynamic-methods: 'bootp'; allowed: dhcpv4, dhcpv6, slaac, addrconf
          protection: none      | secondary-macs: 1:0:0:0:0:1 | 10 | zones.cache.net.secondary-macs: '1:0:0:0:0:1' is not a unicast address
          protection: none      | vrrp-ids: [1, 256] | 10 | zones.cache.net.vrrp-ids: '256'; allowed: 1 to 255
          protection: none      | vrrp-ids: [1, 1]   | 10 | zones.cache.net.vrrp-ids: '1' is given twice
          protection: none      | routed-prefixes: x | 10 | zones.cache.net.routed-prefixes: invalid
          protection: none      | roles: king        | 10 | zones.cache.net.roles: 'king'; allowed: dhcp-server, router
          protection: none      | reception: all     | 10 | zones.cache.net.reception: 'all'; allowed: own-only, ra-guard, dhcp-guard
          protection: none      | trusted-servers: 0.0.0.0/0 | 10 | zones.cache.net.trusted-servers: '0.0.0.0/0': the length must be 1 or more
          protection: none      | promisc-filtered: true | 10 | zones.cache.net.promisc-filtered: 'true'; allowed: on, off
          protection: none      | allow-all-dhcp-cids: [true, false] | 10 | zones.cache.net.allow-all-dhcp-cids: one is allowed
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
