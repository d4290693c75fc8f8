package io.arbalest.overlay.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.Vtep;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilesFormatTest {
  private static final Vtep OWN = Vtep.of(IpLiteral.parse("10.88.88.1"), 4789);

  private static List<DirectoryEntry> read(String text) {
    return FilesFormat.read("/etc/blue.json", text.replace('\'', '"'), OWN);
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(DirectoryException.class)
        .hasMessage("/etc/blue.json:" + message);
  }

  /** A file with one good entry, in which one field is another. */
  private static String with(String field) {
    return "{'2:0:0:0:0:1': {'ip': '10.88.88.69', 'port': 4789, " + field + "}}";
  }

  @Test
  void shouldReadWhatIllumosDocuments() {
    List<DirectoryEntry> entries =
        read(
            """
            { "de:ad:be:ef:00:00": {
                "arp": "10.55.55.2", "ndp": "fe80::3", "ip": "10.88.88.69", "port": 4789 },
              "de:ad:be:ef:00:01": {
                "arp": "10.55.55.3", "dhcp-proxy": "de:ad:be:ef:00:00",
                "ip": "10.88.88.70", "port": 4790 } }
            """);

    assertThat(entries).hasSize(2);
    DirectoryEntry first = entries.getFirst();
    assertThat(first.mac()).isEqualTo(MacAddress.parse("de:ad:be:ef:0:0"));
    assertThat(first.vtep()).isEqualTo(Vtep.of(IpLiteral.parse("10.88.88.69"), 4789));
    assertThat(first.arp()).map(InetAddress::getHostAddress).containsExactly("10.55.55.2");
    assertThat(first.ndp()).map(IpLiteral::format).containsExactly("fe80::3");
    assertThat(first.dhcpProxy()).isEmpty();
    assertThat(entries.get(1).dhcpProxy()).contains(first.mac());
  }

  @Test
  void shouldReadSeveralAddresses() {
    DirectoryEntry entry =
        read(with("'arp': ['10.0.0.1', '10.0.0.2'], 'ndp': ['fd42::1', 'fd42::2']")).getFirst();

    assertThat(entry.arp()).hasSize(2);
    assertThat(entry.ndp()).hasSize(2);
    assertThat(read(with("'arp': [], 'ndp': []")).getFirst().arp()).isEmpty();
  }

  @Test
  void shouldReadAnEmptyTable() {
    assertThat(read("{}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'ip': '10.0.0.1'| field 'ip': each field once",
        "'vni': 42| field 'vni': ip, port, arp, ndp and dhcp-proxy are allowed",
        "'ARP': '10.0.0.1'| field 'ARP'",
        "'arp': 7| arp '7': an IPv4 address in quotes, or an array of them, is allowed",
        "'arp': null| arp 'null'",
        "'arp': [7]| arp '7'",
        "'arp': [['10.0.0.1']]| arp '['",
        "'arp': {}| arp '{'",
        "'arp': 'fd42::1'| arp 'fd42::1': one station's IPv4 address is allowed",
        "'arp': '224.0.0.1'| arp '224.0.0.1'",
        "'arp': '0.0.0.0'| arp '0.0.0.0'",
        "'arp': '255.255.255.255'| arp '255.255.255.255'",
        "'arp': '127.0.0.1'| arp '127.0.0.1'",
        "'arp': '10.0.0.1/24'| arp '10.0.0.1/24'",
        "'arp': 'db.example'| arp 'db.example'",
        "'arp': ['10.0.0.1', '10.0.0.1']| arp '10.0.0.1': an address belongs to one station",
        "'ndp': '10.0.0.1'| ndp '10.0.0.1': one station's IPv6 address is allowed",
        "'ndp': 'ff02::1'| ndp 'ff02::1'",
        "'ndp': '::'| ndp '::'",
        "'ndp': '::1'| ndp '::1'",
        "'ndp': 'fe80::1%eth0'| ndp 'fe80::1%eth0'",
        "'ndp': '::ffff:10.0.0.1'| ndp '::ffff:10.0.0.1'",
        "'ndp': ['fd42::1', 'fd42:0::1']| ndp 'fd42::1': an address belongs to one station",
        "'dhcp-proxy': 'nobody'| dhcp-proxy 'nobody': six groups",
        "'dhcp-proxy': '2:0:0:0:0:2'| dhcp-proxy '2:0:0:0:0:2': another station of the file",
        "'dhcp-proxy': '2:0:0:0:0:1'| dhcp-proxy '2:0:0:0:0:1': another station of the file",
        "'dhcp-proxy': 'ff:ff:ff:ff:ff:ff'| dhcp-proxy 'ff:ff:ff:ff:ff:ff': a station's address",
      })
  void shouldRefuseAField(String field, String complaint) {
    assertThatThrownBy(() -> read(with(field)))
        .isInstanceOf(DirectoryException.class)
        .hasMessageStartingWith("/etc/blue.json:1:")
        .hasMessageContaining(" entry 2:0:0:0:0:1: " + complaint.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'ip': '10.0.0.1', 'port': 0| port '0': an integer from 1 to 65535 is allowed",
        "'ip': '10.0.0.1', 'port': 65536| port '65536'",
        "'ip': '10.0.0.1', 'port': -1| port '-1'",
        "'ip': '10.0.0.1', 'port': 4789.0| port '4789.0'",
        "'ip': '10.0.0.1', 'port': 4e3| port '4e3'",
        "'ip': '10.0.0.1', 'port': 99999999999999999999| port '99999999999999999999'",
        "'ip': '10.0.0.1', 'port': '4789'| port '4789'",
        "'ip': '10.0.0.1', 'port': true| port 'true'",
        "'ip': '10.0.0.1'| port is missing: it is required",
        "'port': 4789| ip is missing: it is required",
        "'ip': 17, 'port': 1| ip '17': an IP address in quotes is allowed",
        "'ip': '239.1.1.1', 'port': 1| ip '239.1.1.1': one host's IP address is allowed",
        "'ip': '0.0.0.0', 'port': 1| ip '0.0.0.0'",
        "'ip': '255.255.255.255', 'port': 1| ip '255.255.255.255'",
        "'ip': 'vtep.example', 'port': 1| ip 'vtep.example'",
        "'ip': 'fd00::1', 'port': 1| ip 'fd00::1': the family of vxlan/listen_ip 10.88.88.1",
      })
  void shouldRefuseAVtep(String fields, String complaint) {
    assertThatThrownBy(() -> read("{'2:0:0:0:0:1': {" + fields + "}}"))
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining(" entry 2:0:0:0:0:1: " + complaint.strip());
  }

  @Test
  void shouldRefuseAStationTwice() {
    assertRefused(
        "{'2:0:0:0:0:1': {'ip': '10.0.0.1', 'port': 1},\n '02:00:00:00:00:01': {}}",
        "2:2: MAC address '02:00:00:00:00:01': each station once, in whatever spelling, is"
            + " allowed");
  }

  @Test
  void shouldRefuseAnAddressOfTwoStations() {
    assertThatThrownBy(
            () ->
                read(
                    "{'2:0:0:0:0:1': {'ip': '10.0.0.1', 'port': 1, 'arp': '10.1.1.1'},"
                        + "'2:0:0:0:0:2': {'ip': '10.0.0.1', 'port': 1, 'arp': '10.1.1.1'}}"))
        .hasMessageEndingWith(
            "entry 2:0:0:0:0:2: arp '10.1.1.1': an address belongs to one station, and"
                + " 2:0:0:0:0:1 has this one");
  }

  @Test
  void shouldRefuseKeysThatAreNotStations() {
    assertThatThrownBy(() -> read("{'web': {}}"))
        .hasMessageContaining("MAC address 'web': six groups of hex digits");
    assertThatThrownBy(() -> read("{'0:0:0:0:0:0': {}}"))
        .hasMessageContaining("neither zero nor multicast");
    assertThatThrownBy(() -> read("{'1:0:5e:0:0:1': {}}"))
        .hasMessageContaining("neither zero nor multicast");
    assertThatThrownBy(() -> read("{'\\u001b[2J': {}}")).hasMessageContaining("MAC address '?[2J'");
  }

  @Test
  void shouldRefuseTextThatIsNotOneObject() {
    assertRefused("[]", "1:1: the file '[': one object with MAC addresses as its keys is allowed");
    assertRefused(
        "",
        "1:1: the file 'the end of the file': one object with MAC addresses as its keys is"
            + " allowed");
    assertRefused("{} {}", "1:4: text behind the object '{': nothing is allowed");
    assertRefused(
        "{'2:0:0:0:0:1': 7}",
        "1:17: entry 2:0:0:0:0:1: the entry '7': an object with ip and port is allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{",
        "{'a'",
        "{'2:0:0:0:0:1': {'ip': '1",
        "{,}",
        "nul",
        "{'2:0:0:0:0:1': {'port': 01"
      })
  void shouldRefuseTextThatIsNotJson(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining("not valid JSON")
        .hasMessageMatching("\\p{Print}*");
  }

  @Test
  void shouldRefuseTextBeyondTheBounds() {
    String deep = "[".repeat(100);
    String longName = "x".repeat(5000);

    assertThatThrownBy(() -> read(with("'arp': " + deep))).isInstanceOf(DirectoryException.class);
    assertThatThrownBy(() -> read("{'" + longName + "': {}}"))
        .isInstanceOf(DirectoryException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    assertThatThrownBy(() -> read(with("'arp': '" + longName + "'")))
        .isInstanceOf(DirectoryException.class);
  }
}
