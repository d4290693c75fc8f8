package io.arbalest.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.Vni;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class HostSpecTest {
  private static final EtherstubSpec STUB = new EtherstubSpec(new LinkName("stub0"));
  private static final ZoneSpec WEB = ZoneSpec.stackOnly(new ZoneName("web"));
  private static final ZoneSpec DB = ZoneSpec.stackOnly(new ZoneName("db"));

  private static VnicSpec vnic(String key, String over, String mac) {
    return new VnicSpec(
        VnicKey.parse(key),
        new LinkName(over),
        MacAssignment.fixed(MacAddress.parse(mac)),
        OptionalInt.of(1500),
        ProtectionSpec.of(Set.of("mac-nospoof"), List.of(IpPrefix.parse("10.0.0.1/32"))));
  }

  private static AddressSpec address(String key, String... prefixes) {
    return new AddressSpec(
        VnicKey.parse(key), Arrays.stream(prefixes).map(IpPrefix::parse).toList());
  }

  private static HostSpec host(List<VnicSpec> vnics, AddressSpec... addresses) {
    return new HostSpec(List.of(STUB), List.of(), List.of(WEB, DB), vnics, List.of(addresses));
  }

  private static final VnicSpec WEB_NET0 = vnic("web/net0", "stub0", "2:8:20:0:0:1");
  private static final VnicSpec DB_NET0 = vnic("db/net0", "stub0", "2:8:20:0:0:2");

  @Test
  void shouldBeEqualWhateverTheOrderItWasGivenIn() {
    HostSpec one =
        new HostSpec(
            List.of(STUB), List.of(), List.of(WEB, DB), List.of(WEB_NET0, DB_NET0), List.of());
    HostSpec two =
        new HostSpec(
            List.of(STUB), List.of(), List.of(DB, WEB), List.of(DB_NET0, WEB_NET0), List.of());
    assertThat(one).isEqualTo(two);
    assertThat(one.isEmpty()).isFalse();
    assertThat(HostSpec.EMPTY.isEmpty()).isTrue();
  }

  @Test
  void shouldSurviveAJourneyThroughJson() {
    HostSpec spec =
        host(List.of(WEB_NET0, DB_NET0), address("web/net0", "10.0.0.1/24", "fd42::1/64"));
    String json = SpecJson.mapper().writeValueAsString(spec);
    assertThat(json)
        .contains("\"web/net0\"")
        .contains("\"10.0.0.1/24\"")
        .contains("\"2:8:20:0:0:1\"")
        .contains("\"stack-only\"")
        .contains("\"auto\"");
    assertThat(SpecJson.mapper().readValue(json, HostSpec.class)).isEqualTo(spec);
  }

  @Test
  void shouldWriteAnOverlayAsOnItsCommandLine() {
    OverlaySpec overlay =
        OverlaySpec.of(
            new LinkName("blue42"),
            new Vni(42),
            "files",
            Map.of("vxlan/listen_ip", "192.0.2.1", "files/config", "/etc/blue.json"));
    HostSpec spec =
        new HostSpec(
            List.of(),
            List.of(overlay),
            List.of(WEB),
            List.of(vnic("web/net0", "blue42", "2:8:20:0:0:1")),
            List.of());
    String json = SpecJson.mapper().writeValueAsString(spec);
    assertThat(json)
        .contains("\"vni\":42,\"encap\":\"vxlan\",\"search\":\"files\"")
        .contains("\"vxlan/listen_ip\":\"192.0.2.1\"");
    assertThat(read(json)).isEqualTo(spec);
    assertThatThrownBy(() -> read(json.replace("\"vxlan\"", "\"geneve\"")))
        .hasMessageContaining("overlay blue42: encap 'geneve': must be 'vxlan'");
    assertThatThrownBy(
            () ->
                new HostSpec(
                    List.of(),
                    List.of(
                        overlay,
                        OverlaySpec.of(
                            new LinkName("red0"), new Vni(42), "files", overlay.properties())),
                    List.of(),
                    List.of(),
                    List.of()))
        .hasMessage("object already exists: overlay 'red0': vni 42 is overlay blue42's");
  }

  private static VnicSpec with(VnicSpec v, ProtectionSpec protection) {
    return new VnicSpec(v.key(), v.over(), v.mac(), v.mtu(), protection);
  }

  private static final ProtectionSpec RICH =
      new ProtectionSpec(
          Set.of("mac-nospoof"),
          List.of(IpPrefix.parse("10.0.0.1/32")),
          Set.of("dhcpv4"),
          new ProtectionSpec.Clients(List.of("0x0102"), true),
          new ProtectionSpec.Grants(
              Set.of("router"),
              List.of(MacAddress.parse("2:8:20:0:0:9")),
              Set.of(7),
              List.of(IpPrefix.parse("10.9.0.0/16"))),
          new ProtectionSpec.Reception(
              Set.of("ra-guard"), List.of(IpPrefix.parse("fe80::1/128")), false));

  @Test
  void shouldKeepAllOfAProtectionInJson() {
    HostSpec spec = host(List.of(with(WEB_NET0, RICH)));
    String json = SpecJson.mapper().writeValueAsString(spec);
    assertThat(json)
        .contains(
            "\"protection\":{\"modes\":[\"mac-nospoof\"],\"allowedIps\":[\"10.0.0.1/32\"],"
                + "\"methods\":[\"dhcpv4\"],\"clients\":{\"allowed\":[\"0x0102\"],\"all\":true},"
                + "\"grants\":{\"roles\":[\"router\"],\"macs\":[\"2:8:20:0:0:9\"],\"vrrp\":[7],"
                + "\"routedPrefixes\":[\"10.9.0.0/16\"]},"
                + "\"reception\":{\"guards\":[\"ra-guard\"],\"trusted\":[\"fe80::1/128\"],"
                + "\"promiscFiltered\":false}}");
    assertThat(read(json)).isEqualTo(spec);
  }

  @Test
  void shouldReadAProtectionThatWasWrittenBeforeItHadMoreFields() {
    assertThat(protection("{\"modes\":[\"mac-nospoof\"],\"allowedIps\":[\"10.0.0.1/32\"]}"))
        .isEqualTo(WEB_NET0.protection());
    assertThat(
            protection(
                    "{\"modes\":[\"restricted\",\"mac-nospoof\",\"ip-nospoof\"],\"allowedIps\":[]}")
                .modes())
        .containsExactly("restricted", "mac-nospoof", "ip-nospoof");
    assertThat(
            protection(
                "{\"modes\":[],\"allowedIps\":[],\"grants\":{\"vrrp\":[1]},\"reception\":{}}"))
        .isEqualTo(
            new ProtectionSpec(
                Set.of(),
                List.of(),
                Set.of(),
                ProtectionSpec.Clients.OWN,
                new ProtectionSpec.Grants(Set.of(), List.of(), Set.of(1), List.of()),
                ProtectionSpec.Reception.OPEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"modes\":[]}",
        "{\"allowedIps\":[]}",
        "{\"modes\":null,\"allowedIps\":[]}",
        "{\"modes\":[null],\"allowedIps\":[]}",
        "{\"modes\":[],\"allowedIps\":[\"10.0.0.300\"]}",
        "{\"modes\":[],\"allowedIps\":[],\"x\":1}",
        "{\"modes\":[],\"allowedIps\":[],\"methods\":null}",
        "{\"modes\":[],\"allowedIps\":[],\"methods\":[null]}",
        "{\"modes\":[],\"allowedIps\":[],\"clients\":{\"any\":true}}",
        "{\"modes\":[],\"allowedIps\":[],\"clients\":{\"all\":null}}",
        "{\"modes\":[],\"allowedIps\":[],\"grants\":{\"vrrp\":[\"x\"]}}",
        "{\"modes\":[],\"allowedIps\":[],\"grants\":{\"macs\":[\"x\"]}}",
        "{\"modes\":[],\"allowedIps\":[],\"grants\":[]}",
        "{\"modes\":[],\"allowedIps\":[],\"reception\":{\"guard\":[]}}",
        "{\"modes\":[],\"allowedIps\":[],\"reception\":null}",
        "[]",
        "null"
      })
  void shouldRefuseJsonThatIsNoProtection(String json) {
    assertThatThrownBy(() -> protection(json))
        .isInstanceOfAny(JacksonException.class, NullPointerException.class);
  }

  private static ProtectionSpec protection(String json) {
    return java.util.Objects.requireNonNull(
        SpecJson.mapper().readValue(json, ProtectionSpec.class));
  }

  @Test
  void shouldRefuseASecondaryMacThatIsAnothersOnTheSwitch() {
    VnicSpec rich = with(WEB_NET0, RICH);
    assertThatThrownBy(() -> host(List.of(rich, vnic("db/net0", "stub0", "2:8:20:0:0:9"))))
        .hasMessage("MAC address is already in use: vnic web/net0: mac '2:8:20:0:0:9' over stub0");
    assertThatThrownBy(() -> host(List.of(with(vnic("web/net0", "stub0", "2:8:20:0:0:9"), RICH))))
        .hasMessageContaining("MAC address is already in use");
  }

  @Test
  void shouldRefuseAVnicWhoseZoneOrLowerLinkIsNotThere() {
    assertThatThrownBy(() -> host(List.of(vnic("mail/net0", "stub0", "2:8:20:0:0:1"))))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("vnic mail/net0: zone 'mail': must be one of")
        .hasMessageContaining("web");
    assertThatThrownBy(() -> host(List.of(vnic("web/net0", "stub9", "2:8:20:0:0:1"))))
        .isInstanceOf(LinkException.class)
        .hasMessage("object not found: vnic web/net0: over 'stub9', must be one of [stub0]");
  }

  @Test
  void shouldRefuseTheSameMacTwiceOverOneLinkOnly() {
    VnicSpec twin = vnic("db/net0", "stub0", "2:8:20:0:0:1");
    assertThatThrownBy(() -> host(List.of(WEB_NET0, twin)))
        .isInstanceOfSatisfying(
            LinkException.class,
            e -> assertThat(e.status()).isEqualTo(LinkStatus.MAC_ADDRESS_IN_USE))
        .hasMessageContaining("mac '2:8:20:0:0:1' over stub0");
    HostSpec apart =
        new HostSpec(
            List.of(STUB, new EtherstubSpec(new LinkName("stub1"))),
            List.of(),
            List.of(WEB, DB),
            List.of(WEB_NET0, vnic("db/net0", "stub1", "2:8:20:0:0:1")),
            List.of());
    assertThat(apart.vnics()).hasSize(2);
  }

  @Test
  void shouldRefuseNamesThatAreTaken() {
    assertThatThrownBy(() -> host(List.of(WEB_NET0, vnic("web/net0", "stub0", "2:8:20:0:0:3"))))
        .hasMessage("object already exists: vnic 'web/net0'");
    assertThatThrownBy(() -> host(List.of(vnic("stub0", "stub0", "2:8:20:0:0:3"))))
        .hasMessage("object already exists: vnic 'stub0': the link name is taken");
    assertThatThrownBy(
            () -> new HostSpec(List.of(STUB, STUB), List.of(), List.of(), List.of(), List.of()))
        .hasMessage("object already exists: etherstub 'stub0': the link name is taken");
    assertThatThrownBy(
            () -> new HostSpec(List.of(), List.of(), List.of(WEB, WEB), List.of(), List.of()))
        .hasMessage("zone 'web': is given twice");
  }

  @Test
  void shouldRefuseTwoZonesInOneUidSlot() {
    UidSlot slot = new UidSlot(7);
    assertThatThrownBy(
            () ->
                new HostSpec(
                    List.of(),
                    List.of(),
                    List.of(WEB.with(slot), DB.with(slot)),
                    List.of(),
                    List.of()))
        .hasMessage("zone web: uid slot '7': is zone db's already");
  }

  @Test
  void shouldRefuseAnMtuAboveTheLowerLinks() {
    EtherstubSpec small = new EtherstubSpec(new LinkName("stub0"), 1400);
    assertThatThrownBy(
            () ->
                new HostSpec(List.of(small), List.of(), List.of(WEB), List.of(WEB_NET0), List.of()))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("mtu 1500")
        .hasMessageContaining("1400");
  }

  @Test
  void shouldRefuseAnAddressTwiceOnASwitchOrInAStack() {
    assertThatThrownBy(
            () ->
                host(
                    List.of(WEB_NET0, DB_NET0),
                    address("web/net0", "10.0.0.1/24"),
                    address("db/net0", "10.0.0.1/16")))
        .hasMessage("vnic web/net0: address '10.0.0.1': is already vnic db/net0's");
    assertThatThrownBy(() -> address("web/net0", "10.0.0.1/24", "10.0.0.1/32"))
        .hasMessage("vnic web/net0: address '10.0.0.1/32': is given twice");
    assertThatThrownBy(() -> address("web/net0", "224.0.0.1/24"))
        .hasMessageContaining("must be a unicast address");
    assertThatThrownBy(() -> host(List.of(WEB_NET0), address("db/net0", "10.0.0.1/24")))
        .hasMessage("addresses: vnic 'db/net0': must be one of [web/net0]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65520", "x", "", "99999999999", "+1", "0x1"})
  void shouldRefuseUidSlotsOutsideTheIdSpace(String text) {
    assertThatThrownBy(() -> UidSlot.parse(text))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("0 to 65518");
  }

  @Test
  void shouldMapEachSlotToARangeOfItsOwn() {
    assertThat(new UidSlot(0).range().base()).isEqualTo(1_048_576);
    assertThat(new UidSlot(2).range().base()).isEqualTo(1_048_576 + 2 * 65_536);
    assertThat(new UidSlot(UidSlot.COUNT - 1).range().count()).isEqualTo(65_536);
    assertThat(UidSlot.parse("auto").isAuto()).isTrue();
    assertThatThrownBy(UidSlot.AUTO::range).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"etherstubs\":[],\"overlays\":[],\"zones\":[],\"vnics\":[],\"addresses\":[],\"x\":1}",
        "{\"etherstubs\":[],\"overlays\":[],\"zones\":[],\"vnics\":[]}",
        "{\"etherstubs\":[{\"name\":\"../x\",\"mtu\":1500}],\"overlays\":[],\"zones\":[],\"vnics\":[],\"addresses\":[]}",
        "{\"etherstubs\":[],\"overlays\":[],\"zones\":[{\"name\":\"web\",\"kind\":\"full\",\"slot\":\"auto\"}],\"vnics\":[],\"addresses\":[]}",
        "[]",
        "null"
      })
  void shouldRefuseJsonThatIsNotASpec(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfAny(JacksonException.class, NullPointerException.class);
  }

  private static HostSpec read(String json) {
    return java.util.Objects.requireNonNull(SpecJson.mapper().readValue(json, HostSpec.class));
  }
}
