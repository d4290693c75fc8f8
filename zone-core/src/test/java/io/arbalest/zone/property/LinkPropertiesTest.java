package io.arbalest.zone.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.ProtectionSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkPropertiesTest {
  private static LinkProperty property(String name) {
    return LinkProperties.find(name).orElseThrow();
  }

  private static List<String> set(String name, String words) {
    LinkProperty property = property(name);
    return property.values(property.with(LinkProperties.DEFAULT, List.of(words.split(","))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          protection          | mac-nospoof                       | mac-nospoof
          protection          | dhcp-nospoof,mac-nospoof          | mac-nospoof,dhcp-nospoof
          protection          | illumos-compat                    | illumos-compat
          protection          | illumos-compat,restricted         | restricted,illumos-compat
          protection          | none                              | ''
          allowed-ips         | 10.0.0.5                          | 10.0.0.5/32
          allowed-ips         | 10.1.0.0/16,fd00::5,10.0.0.5/32   | 10.1.0.0/16,fd00::5/128,10.0.0.5/32
          allowed-ips         | 128.0.0.0/1                       | 128.0.0.0/1
          allowed-ips         | FD00:0::0/64                      | fd00::/64
          allowed-dhcp-cids   | web                               | web
          allowed-dhcp-cids   | 0x0102,1.1.5.2:8:20:1:2:3         | 0x0102,1.1.5.2:8:20:1:2:3
          allow-all-dhcp-cids | true                              | true
          allow-all-dhcp-cids | false                             | false
          dynamic-methods     | slaac,dhcpv4                      | dhcpv4,slaac
          dynamic-methods     | addrconf                          | dhcpv6,slaac
          dynamic-methods     | dhcpv6,addrconf                   | dhcpv6,slaac
          dynamic-methods     | addrconf,dhcpv4                   | dhcpv4,dhcpv6,slaac
          promisc-filtered    | on                                | on
          promisc-filtered    | off                               | off
          secondary-macs      | 02:08:20:00:00:09                 | 2:8:20:0:0:9
          secondary-macs      | 2:8:20:0:0:9,2:8:20:0:0:8         | 2:8:20:0:0:9,2:8:20:0:0:8
          vrrp-ids            | 1,255,007                         | 1,255,7
          routed-prefixes     | 0.0.0.0/0,::/0                    | 0.0.0.0/0,::/0
          routed-prefixes     | 10.9.0.0/16,10.9.1.0/24           | 10.9.0.0/16,10.9.1.0/24
          roles               | router                            | router
          roles               | router,dhcp-server                | dhcp-server,router
          reception           | dhcp-guard,own-only               | own-only,dhcp-guard
          reception           | ra-guard                          | ra-guard
          trusted-servers     | fe80::/10,10.0.0.1                | fe80::/10,10.0.0.1/32
          """)
  void shouldTakeAndWriteCanonically(String name, String words, String written) {
    assertThat(String.join(",", set(name, words))).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          protection          | x                        | INVALID_VALUE | 'x'; allowed: mac-nospoof, restricted, ip-nospoof, dhcp-nospoof, illumos-compat, none
          protection          | none,restricted          | INVALID_VALUE | 'none' stands alone
          protection          | MAC-NOSPOOF              | INVALID_VALUE | 'MAC-NOSPOOF'; allowed
          protection          | restricted,restricted    | INVALID_VALUE | 'restricted' is given twice
          allowed-ips         | 10.0.0.5/24              | INVALID_VALUE | '10.0.0.5/24': host bits must be zero; 10.0.0.5/32 or 10.0.0.0/24 is allowed
          allowed-ips         | 0.0.0.0                  | INVALID_VALUE | '0.0.0.0': not the unspecified address
          allowed-ips         | ::                       | INVALID_VALUE | '::': not the unspecified address
          allowed-ips         | 0.0.0.0/0                | INVALID_VALUE | '0.0.0.0/0': the length must be 1 or more
          allowed-ips         | ::ffff:10.0.0.1          | INVALID_VALUE | write an IPv4-mapped address as the IPv4 address it maps
          allowed-ips         | 10.0.0.5/33              | INVALID_VALUE | 10.0.0.5/33
          allowed-ips         | 10.0.0.5,10.0.0.5/32     | INVALID_VALUE | '10.0.0.5/32' is given twice
          allowed-ips         | fe80::1%eth0             | INVALID_VALUE | fe80::1%eth0
          allowed-ips         | localhost                | INVALID_VALUE | localhost
          allowed-dhcp-cids   | web,web                  | INVALID_VALUE | 'web' is given twice
          allow-all-dhcp-cids | yes                      | INVALID_VALUE | 'yes'; allowed: true, false
          allow-all-dhcp-cids | true,true                | INVALID_NUMBER_OF_VALUES | one is allowed
          dynamic-methods     | bootp                    | INVALID_VALUE | 'bootp'; allowed: dhcpv4, dhcpv6, slaac, addrconf
          dynamic-methods     | dhcpv4,dhcpv4            | INVALID_VALUE | 'dhcpv4' is given twice
          promisc-filtered    | true                     | INVALID_VALUE | 'true'; allowed: on, off
          secondary-macs      | 1:0:0:0:0:1              | INVALID_VALUE | '1:0:0:0:0:1' is not a unicast address
          secondary-macs      | 0:0:0:0:0:0              | INVALID_VALUE | is not a unicast address
          secondary-macs      | 2:8:20:0:0               | INVALID_VALUE | 2:8:20:0:0
          secondary-macs      | 2:8:20:0:0:9,02:08:20:00:00:09 | INVALID_VALUE | '2:8:20:0:0:9' is given twice
          vrrp-ids            | 0                        | INVALID_VALUE | '0'; allowed: 1 to 255
          vrrp-ids            | 256                      | INVALID_VALUE | '256'; allowed: 1 to 255
          vrrp-ids            | -1                       | INVALID_VALUE | '-1'; allowed: 1 to 255
          vrrp-ids            | ١                        | INVALID_VALUE | allowed: 1 to 255
          routed-prefixes     | 10.9.0.1/16              | INVALID_VALUE | host bits must be zero
          routed-prefixes     | 0.0.0.0                  | INVALID_VALUE | not the unspecified address
          roles               | king                     | INVALID_VALUE | 'king'; allowed: dhcp-server, router
          reception           | none                     | INVALID_VALUE | 'none'; allowed: own-only, ra-guard, dhcp-guard
          trusted-servers     | ::/0                     | INVALID_VALUE | the length must be 1 or more
          """)
  void shouldRefuseAndSayWhatIsAllowed(String name, String words, LinkStatus status, String text) {
    assertThatThrownBy(() -> set(name, words))
        .isInstanceOfSatisfying(
            PropertyException.class,
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.property().name()).isEqualTo(name);
            })
        .hasMessageContaining(text);
  }

  @Test
  void shouldBoundEveryList() {
    Map<String, Integer> bounds =
        Map.of(
            "allowed-ips", 1_024,
            "allowed-dhcp-cids", 32,
            "secondary-macs", 32,
            "routed-prefixes", 10_000,
            "trusted-servers", 64);
    bounds.forEach(
        (name, most) -> {
          LinkProperty property = property(name);
          List<String> full = IntStream.range(0, most).mapToObj(i -> value(name, i)).toList();
          ProtectionSpec spec = property.with(LinkProperties.DEFAULT, full);
          assertThat(property.values(spec)).hasSize(most);
          List<String> more = IntStream.rangeClosed(0, most).mapToObj(i -> value(name, i)).toList();
          assertThatThrownBy(() -> property.with(LinkProperties.DEFAULT, more))
              .isInstanceOfSatisfying(
                  PropertyException.class,
                  e -> assertThat(e.status()).isEqualTo(LinkStatus.TOO_MANY_ELEMENTS_SPECIFIED))
              .hasMessage((most + 1) + " values; at most " + most + " are allowed");
        });
  }

  private static String value(String name, int i) {
    return switch (name) {
      case "allowed-dhcp-cids" -> "client-" + i;
      case "secondary-macs" -> "2:8:20:1:0:%x".formatted(i);
      default -> "10.%d.%d.1".formatted(i / 256, i % 256);
    };
  }

  @Test
  void shouldRefuseAClientIdentifierThatIsTooLong() {
    assertThatThrownBy(() -> set("allowed-dhcp-cids", "x".repeat(1_000)))
        .isInstanceOf(PropertyException.class);
    assertThatThrownBy(() -> set("allowed-dhcp-cids", "")).isInstanceOf(PropertyException.class);
  }

  /** Each property is its own: setting one and resetting it leaves the others alone. */
  @Test
  void shouldChangeNothingElse() {
    Map<String, String> sample =
        Map.ofEntries(
            Map.entry("protection", "none"),
            Map.entry("allowed-ips", "10.0.0.1"),
            Map.entry("allowed-dhcp-cids", "web"),
            Map.entry("allow-all-dhcp-cids", "true"),
            Map.entry("dynamic-methods", "dhcpv4"),
            Map.entry("promisc-filtered", "off"),
            Map.entry("secondary-macs", "2:8:20:0:0:9"),
            Map.entry("vrrp-ids", "9"),
            Map.entry("routed-prefixes", "10.0.0.0/8"),
            Map.entry("roles", "router"),
            Map.entry("reception", "ra-guard"),
            Map.entry("trusted-servers", "10.0.0.1"));
    assertThat(LinkProperties.all())
        .extracting(LinkProperty::name)
        .containsExactlyInAnyOrderElementsOf(sample.keySet());
    ProtectionSpec full = LinkProperties.DEFAULT;
    for (LinkProperty property : LinkProperties.all()) {
      List<String> words =
          Optional.ofNullable(sample.get(property.name())).map(List::of).orElseThrow();
      ProtectionSpec changed = property.with(full, words);
      for (LinkProperty other : LinkProperties.all()) {
        if (other != property) {
          assertThat(other.values(changed)).isEqualTo(other.values(full));
        }
      }
      assertThat(property.values(changed)).isNotEqualTo(property.defaults());
      full = changed;
    }
    for (LinkProperty property : LinkProperties.all()) {
      full = property.reset(full);
    }
    assertThat(full).isEqualTo(LinkProperties.DEFAULT);
  }

  @Test
  void shouldProtectWithAllModesByDefault() {
    assertThat(property("protection").defaults())
        .containsExactly("mac-nospoof", "restricted", "ip-nospoof", "dhcp-nospoof");
    assertThat(property("promisc-filtered").defaults()).containsExactly("on");
    assertThat(property("allow-all-dhcp-cids").defaults()).containsExactly("false");
    assertThat(LinkProperties.find("mtu")).isEmpty();
    assertThat(LinkProperties.find("Protection")).isEmpty();
  }

  /** The manual's table of properties is whole. */
  @Test
  void shouldBeInTheManual() throws IOException {
    String manual = Files.readString(Path.of("../docs/protection.md"));
    for (LinkProperty property : LinkProperties.all()) {
      assertThat(manual).contains("\n| `" + property.name() + "` | ");
      property.choices().forEach(word -> assertThat(manual).contains("`" + word + "`"));
    }
  }
}
