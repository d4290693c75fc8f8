package io.arbalest.overlay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.Vtep;
import io.arbalest.overlay.neighbour.AddressBook;
import io.arbalest.overlay.path.ForwardingTable;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class DirectorySnapshotTest {
  private static final Vtep OWN = Vtep.of(IpLiteral.parse("192.0.2.1"), 4789);
  private static final Vtep PEER = Vtep.of(IpLiteral.parse("192.0.2.2"), 4789);
  private static final long WEB = MacAddress.parse("2:8:20:0:0:a").toLong();
  private static final long DB = MacAddress.parse("2:8:20:0:0:14").toLong();
  private static final String FILE =
      """
      {"2:8:20:0:0:a": {"ip": "192.0.2.1", "port": 4789,
                        "arp": ["10.42.0.10", "10.42.0.11"], "ndp": "fd42::10",
                        "dhcp-proxy": "2:8:20:0:0:14"},
       "2:8:20:0:0:14": {"ip": "192.0.2.2", "port": 4789,
                         "arp": "10.42.0.20", "ndp": ["fd42::20", "fe80::99"]},
       "2:8:20:0:0:15": {"ip": "192.0.2.2", "port": 4789}}
      """;

  private final DirectorySnapshot files =
      DirectorySnapshot.of(OWN, FilesFormat.read("f", FILE, OWN));

  private static long macOf(AddressBook book, String address) {
    InetAddress ip = IpLiteral.parse(address);
    ByteBuffer octets = ByteBuffer.wrap(ip.getAddress());
    return octets.remaining() == 4
        ? book.macOf(octets.getInt())
        : book.macOf(octets.getLong(), octets.getLong());
  }

  @Test
  void shouldPlaceEachStation() {
    ForwardingTable table = files.forwarding();

    assertThat(table.vteps()).containsExactly(PEER);
    assertThat(table.target(DB)).isZero();
    assertThat(table.target(WEB)).isEqualTo(ForwardingTable.LOCAL);
    assertThat(table.target(0x0208_2000_0063L)).isEqualTo(ForwardingTable.NOWHERE);
  }

  @Test
  void shouldKnowWhoHasEachAddress() {
    AddressBook book = files.addresses();

    assertThat(macOf(book, "10.42.0.10")).isEqualTo(WEB);
    assertThat(macOf(book, "10.42.0.11")).isEqualTo(WEB);
    assertThat(macOf(book, "10.42.0.20")).isEqualTo(DB);
    assertThat(macOf(book, "fd42::10")).isEqualTo(WEB);
    assertThat(macOf(book, "fd42::20")).isEqualTo(DB);
    assertThat(macOf(book, "fe80::99")).isEqualTo(DB);
    assertThat(macOf(book, "10.42.0.99")).isEqualTo(AddressBook.NONE);
    assertThat(macOf(book, "::ffff:0:0:1")).isEqualTo(AddressBook.NONE);
    assertThat(book.isLocal(WEB)).isTrue();
    assertThat(book.isLocal(DB)).isFalse();
    assertThat(book.dhcpProxyOf(WEB)).isEqualTo(DB);
    assertThat(book.dhcpProxyOf(DB)).isEqualTo(AddressBook.NONE);
  }

  @Test
  void shouldKnowTheLinkLocalAddressThatAMacImplies() {
    // The example of RFC 4291 appendix A, with the octets of this test's stations.
    assertThat(macOf(files.addresses(), "fe80::8:20ff:fe00:a")).isEqualTo(WEB);
    assertThat(macOf(files.addresses(), "fe80::8:20ff:fe00:14")).isEqualTo(DB);
  }

  @Test
  void shouldLetAListedAddressWinOverAnImpliedOne() {
    String text =
        """
        {"2:8:20:0:0:a": {"ip": "192.0.2.1", "port": 4789},
         "2:8:20:0:0:14": {"ip": "192.0.2.2", "port": 4789, "ndp": "fe80::8:20ff:fe00:a"}}
        """;
    AddressBook book = DirectorySnapshot.of(OWN, FilesFormat.read("f", text, OWN)).addresses();

    assertThat(macOf(book, "fe80::8:20ff:fe00:a")).isEqualTo(DB);
  }

  @Test
  void shouldListItsTargetsInOrder() {
    assertThat(files.targets())
        .extracting(t -> t.label() + " " + t.destination())
        .containsExactly(
            "2:8:20:0:0:a 192.0.2.1:4789",
            "2:8:20:0:0:14 192.0.2.2:4789",
            "2:8:20:0:0:15 192.0.2.2:4789");
  }

  @Test
  void shouldTellPortsOfOneHostApart() {
    String text = "{\"2:8:20:0:0:a\": {\"ip\": \"192.0.2.1\", \"port\": 4790}}";
    DirectorySnapshot snapshot = DirectorySnapshot.of(OWN, FilesFormat.read("f", text, OWN));

    assertThat(snapshot.forwarding().target(WEB)).isZero();
    assertThat(snapshot.addresses().isLocal(WEB)).isFalse();
  }

  @Test
  void shouldSendEverythingToOnePeer() {
    try (DirectDirectory direct = new DirectDirectory(OWN, PEER)) {
      assertThat(direct.current().forwarding().target(DB)).isZero();
      assertThat(direct.current().forwarding().vteps()).containsExactly(PEER);
      assertThat(direct.current().targets())
          .extracting(t -> t.label() + " " + t.destination())
          .containsExactly("*:*:*:*:*:* 192.0.2.2:4789");
      assertThat(direct.reload().status()).isEqualTo("ONLINE");
      assertThat(direct.health()).isEqualTo(DirectoryHealth.ONLINE);
    }
  }
}
