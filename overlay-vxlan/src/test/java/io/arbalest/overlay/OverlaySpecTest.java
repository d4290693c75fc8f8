package io.arbalest.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.vnic.LinkName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class OverlaySpecTest {
  private static final LinkName NAME = new LinkName("blue0");
  private static final Vni VNI = new Vni(42);
  private static final Map<String, String> FILES =
      Map.of("vxlan/listen_ip", "192.0.2.1", "files/config", "/etc/blue.json");
  private static final Map<String, String> DIRECT =
      Map.of(
          "vxlan/listen_ip",
          "192.0.2.1",
          "direct/dest_ip",
          "192.0.2.2",
          "direct/dest_port",
          "4790");

  private static OverlaySpec files(String property, String value) {
    Map<String, String> properties = new HashMap<>(FILES);
    properties.put(property, value);
    return OverlaySpec.of(NAME, VNI, "files", properties);
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(OverlayPropertyException.class).hasMessage(message);
  }

  @Test
  void shouldTakeDefaultsForWhatIsNotGiven() {
    OverlaySpec spec = OverlaySpec.of(NAME, VNI, "files", FILES);

    assertThat(spec.listen()).isEqualTo(Vtep.of(IpLiteral.parse("192.0.2.1"), 4789));
    assertThat(spec.search()).isEqualTo(new SearchSpec.Files(Path.of("/etc/blue.json")));
    assertThat(spec.mtu()).isEmpty();
  }

  @Test
  void shouldReadEveryProperty() {
    assertThat(files("vxlan/listen_port", "4790").listen().port()).isEqualTo(4790);
    assertThat(files("mtu", "1400").mtu()).hasValue(1400);
    assertThat(OverlaySpec.of(NAME, VNI, "direct", DIRECT).search())
        .isEqualTo(new SearchSpec.Direct(Vtep.of(IpLiteral.parse("192.0.2.2"), 4790)));
  }

  @Test
  void shouldReadBackWhatItWrites() {
    OverlaySpec files = files("mtu", "1400");
    OverlaySpec direct = OverlaySpec.of(NAME, VNI, "direct", DIRECT);

    assertThat(OverlaySpec.of(NAME, VNI, "files", files.properties())).isEqualTo(files);
    assertThat(OverlaySpec.of(NAME, VNI, "direct", direct.properties())).isEqualTo(direct);
    assertThat(direct.properties())
        .containsEntry("vxlan/listen_port", "4789")
        .containsEntry("direct/dest_ip", "192.0.2.2");
  }

  @Test
  void shouldNameTheRequiredPropertyThatIsMissing() {
    assertRefused(
        () -> OverlaySpec.of(NAME, VNI, "files", Map.of("files/config", "/x")),
        "unset required property: vxlan/listen_ip");
    assertRefused(
        () -> OverlaySpec.of(NAME, VNI, "files", Map.of("vxlan/listen_ip", "192.0.2.1")),
        "unset required property: files/config");
    Map<String, String> noPort = new HashMap<>(DIRECT);
    noPort.remove("direct/dest_port");
    assertRefused(
        () -> OverlaySpec.of(NAME, VNI, "direct", noPort),
        "unset required property: direct/dest_port");
  }

  @Test
  void shouldRefuseAPropertyOfAnotherPlugin() {
    assertRefused(
        () -> files("direct/dest_ip", "192.0.2.2"),
        "invalid overlay property 'direct/dest_ip': mtu, vxlan/listen_ip, vxlan/listen_port,"
            + " files/config are allowed");
    assertRefused(
        () -> OverlaySpec.of(NAME, VNI, "svp", FILES),
        "invalid value 'svp' for search: files or direct is allowed");
  }

  @Test
  void shouldRefuseAddressesThatNoVtepCanHave() {
    String[] hostile = {
      "host.example",
      "224.0.0.1",
      "0.0.0.0",
      "255.255.255.255",
      "::",
      "ff02::1",
      "fe80::1",
      "169.254.1.1",
      "192.0.2",
      "192.0.2.1%eth0",
      "\u001b[31m",
      ""
    };
    for (String text : hostile) {
      assertThatThrownBy(() -> files("vxlan/listen_ip", text))
          .as(text)
          .isInstanceOf(OverlayPropertyException.class)
          .hasMessageStartingWith("invalid value '")
          .hasMessageContaining("for vxlan/listen_ip: one host's IPv4 or IPv6 address")
          .hasMessageMatching("\\p{Print}*");
    }
  }

  @Test
  void shouldRefuseNumbersOutOfRange() {
    for (String text : new String[] {"0", "65536", "-1", "4789x", "", "99999999999", "+1"}) {
      assertRefused(
          () -> files("vxlan/listen_port", text),
          "invalid value '"
              + text
              + "' for vxlan/listen_port: an integer from 1 to 65535 is allowed");
    }
    assertRefused(
        () -> files("mtu", "575"),
        "invalid value '575' for mtu: an integer from 576 to 9000 is allowed");
    assertThatThrownBy(
            () ->
                new OverlaySpec(
                    NAME,
                    VNI,
                    Vtep.of(IpLiteral.parse("192.0.2.1"), 1),
                    new SearchSpec.Files(Path.of("/x")),
                    OptionalInt.of(9001)))
        .hasMessageContaining("'9001'");
  }

  @Test
  void shouldRefusePathsThatAreNotAbsoluteAndNormal() {
    for (String text : new String[] {"blue.json", "", "/etc/../etc/shadow", "/etc/./x"}) {
      assertThatThrownBy(() -> files("files/config", text))
          .as(text)
          .isInstanceOf(OverlayPropertyException.class)
          .hasMessageContaining("for files/config");
    }
    assertThatThrownBy(() -> files("files/config", "/etc/\0x"))
        .isInstanceOf(OverlayPropertyException.class);
  }

  @Test
  void shouldRefuseAPeerThatCannotBeReached() {
    Map<String, String> own = new HashMap<>(DIRECT);
    own.put("direct/dest_ip", "192.0.2.1");
    own.put("direct/dest_port", "4789");
    Map<String, String> family = new HashMap<>(DIRECT);
    family.put("direct/dest_ip", "2001:db8::1");

    assertThatThrownBy(() -> OverlaySpec.of(NAME, VNI, "direct", own))
        .hasMessageContaining("another VTEP than the overlay's own");
    assertThatThrownBy(() -> OverlaySpec.of(NAME, VNI, "direct", family))
        .hasMessageContaining("the family of vxlan/listen_ip 192.0.2.1");
  }
}
