package io.arbalest.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.rtnetlink.Address;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AddressLabelsTest {
  private static final int GLOBAL = 0;
  private static final int LINK = 253;

  private final AddressLabels labels = new AddressLabels();

  private String row(String link, Address address) {
    AddressRow row = labels.row(Optional.empty(), link, address);
    return row.link() + "/" + row.label() + " " + row.type() + " " + row.state();
  }

  private static Address permanent(String prefix, int scope) {
    return new Address(2, IpPrefix.parse(prefix), scope, true, false, false);
  }

  @Test
  void shouldNameAddressesByWhatTheyAre() {
    assertThat(row("net0", permanent("10.0.0.1/24", GLOBAL))).isEqualTo("net0/v4 static ok");
    assertThat(row("net0", permanent("fd42::1/64", GLOBAL))).isEqualTo("net0/v6 static ok");
    assertThat(row("net0", permanent("fe80::1/64", LINK))).isEqualTo("net0/addrconf addrconf ok");
  }

  @Test
  void shouldNumberFurtherAddressesOfALinkOnly() {
    assertThat(row("net0", permanent("10.0.0.1/24", GLOBAL))).startsWith("net0/v4 ");
    assertThat(row("net0", permanent("10.0.0.2/24", GLOBAL))).startsWith("net0/v4-2 ");
    assertThat(row("net1", permanent("10.0.1.2/24", GLOBAL))).startsWith("net1/v4 ");
  }

  @Test
  void shouldTellWhatWasLearned() {
    Address leased = new Address(2, IpPrefix.parse("10.0.0.9/24"), GLOBAL, false, false, false);
    Address slaac = new Address(2, IpPrefix.parse("fd42::9/64"), GLOBAL, false, false, false);
    assertThat(row("net0", leased)).isEqualTo("net0/dhcp dhcp ok");
    assertThat(row("net0", slaac)).isEqualTo("net0/addrconf addrconf ok");
  }

  @Test
  void shouldTellTheStateOfDuplicateDetection() {
    Address tentative = new Address(2, IpPrefix.parse("fd42::1/64"), GLOBAL, true, true, false);
    Address duplicate = new Address(2, IpPrefix.parse("fd42::2/64"), GLOBAL, true, true, true);
    assertThat(row("net0", tentative)).endsWith(" tentative");
    assertThat(row("net0", duplicate)).endsWith(" duplicate");
  }
}
