package io.arbalest.antispoof.learn;

import static io.arbalest.antispoof.learn.Neighbours.prefix;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.DynamicMethod;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class SlaacLearningTest {
  private static final int WEB = Bench.WEB;
  private static final int DB = Bench.DB;

  /** What the prefix makes with the MAC addresses of the two. */
  private static final String OF_MAC = "fd00::8:20ff:fe11:2233";

  private static final String OF_DB_MAC = "fd00::8:20ff:fe00:4";
  private static final long HOUR = 3600;

  private final Bench bench = Bench.ready();

  @Test
  void opensTheAddressOfTheMacWithThePrefix() {
    bench.advertised(WEB, prefix("fd00::", 60));
    assertThat(bench.told).containsExactly("+3 " + OF_MAC);
    assertThat(bench.only().method()).isEqualTo(DynamicMethod.SLAAC);
    assertThat(bench.only().server()).isEqualTo("fe80::1");
    bench.pass(59);
    assertThat(bench.openAt(WEB)).containsExactly(OF_MAC);
    bench.pass(1);
    assertThat(bench.openAt(WEB)).isEmpty();
  }

  @Test
  void opensOthersWhenTheZoneProbes() {
    bench.probes(WEB, "fd00::1:2:3:4");
    assertThat(bench.told).as("of no prefix").isEmpty();
    bench.advertised(WEB, prefix("fd00::", 60));
    bench.probes(WEB, "fd00::1:2:3:4");
    bench.probes(WEB, "fd00:0:0:1::5");
    assertThat(bench.openAt(WEB)).containsExactly("fd00::1:2:3:4", OF_MAC);
    bench.pass(30);
    bench.advertised(WEB, prefix("fd00::", 60));
    bench.pass(59);
    assertThat(bench.openAt(WEB)).containsExactly("fd00::1:2:3:4", OF_MAC);
    bench.pass(1);
    assertThat(bench.openAt(WEB)).isEmpty();
    bench.probes(WEB, "fd00::1:2:3:4");
    assertThat(bench.openAt(WEB)).as("the prefix is over").isEmpty();
  }

  @Test
  void givesAnAddressToWhoAsksFirst() {
    bench.advertised(WEB, prefix("fd00::", 60));
    bench.advertised(DB, prefix("fd00::", 60));
    bench.probes(DB, "fd00::1:2:3:4");
    bench.probes(WEB, "fd00::1:2:3:4");
    assertThat(bench.openAt(WEB)).containsExactly(OF_MAC);
    assertThat(bench.openAt(DB)).containsExactly("fd00::1:2:3:4", OF_DB_MAC);
  }

  @Test
  void givesNobodyTheAddressOfAnothersMac() {
    bench.advertised(WEB, prefix("fd00::", 60));
    bench.probes(WEB, OF_DB_MAC);
    bench.probes(WEB, "fe80::8:20ff:fe00:4");
    assertThat(bench.openAt(WEB)).containsExactly(OF_MAC);
  }

  @Test
  void opensLinkLocalAddressesForGood() {
    bench.probes(WEB, "fe80::8:20ff:fe11:2233");
    assertThat(bench.told).as("that of the MAC address is in every policy").isEmpty();
    bench.probes(WEB, "fe80::1:2:3:4");
    bench.probes(DB, "fe80::1:2:3:4");
    assertThat(bench.told).containsExactly("+3 fe80::1:2:3:4");
    assertThat(bench.only().until()).isEqualTo(Binding.FOREVER);
    assertThat(bench.only().server()).isEmpty();
  }

  @Test
  void neverLearnsGroupsAndAnycast() {
    bench.advertised(WEB, prefix("fd00::", 60));
    bench.probes(WEB, "fd00::");
    bench.probes(WEB, "fe80::");
    bench.probes(WEB, "ff02::1:2:3:4");
    bench.probes(WEB, "::1:2:3:4");
    bench.probes(WEB, "fe80:1::1:2:3:4");
    assertThat(bench.openAt(WEB)).containsExactly(OF_MAC);
  }

  @Test
  void keepsTwoHoursOfAPrefixThatIsTakenAway() {
    bench.advertised(WEB, prefix("fd00::", 10 * HOUR));
    bench.advertised(WEB, prefix("fd00::", 0));
    bench.pass(2 * HOUR - 1);
    assertThat(bench.openAt(WEB)).containsExactly(OF_MAC);
    bench.advertised(WEB, prefix("fd00::", 0));
    bench.pass(1);
    assertThat(bench.openAt(WEB)).isEmpty();
  }

  @Test
  void shortensAndProlongsAsRfc4862Says() {
    bench.advertised(WEB, prefix("fd00::", 10 * HOUR));
    bench.advertised(WEB, prefix("fd00::", 3 * HOUR));
    assertThat(left()).as("more than two hours").isEqualTo(3 * HOUR);
    bench.advertised(WEB, prefix("fd00::", HOUR));
    assertThat(left()).as("less than two hours").isEqualTo(2 * HOUR);
    bench.pass(HOUR);
    bench.advertised(WEB, prefix("fd00::", 60));
    assertThat(left()).as("less than is left").isEqualTo(HOUR);
    bench.advertised(WEB, prefix("fd00::", HOUR + 1));
    assertThat(left()).as("more than is left").isEqualTo(HOUR + 1);
    bench.advertised(WEB, prefix("fd00::", 0xffff_ffffL));
    assertThat(bench.only().until()).isEqualTo(Binding.FOREVER);
    bench.advertised(WEB, prefix("fd00::", 60));
    assertThat(left()).isEqualTo(2 * HOUR);
  }

  private long left() {
    return bench.only().secondsLeft(bench.now);
  }

  @Test
  void ignoresPrefixesThatMakeNoAddresses() {
    bench.advertised(
        WEB,
        prefix("fd00::", 0),
        prefix("fd01::", 64, 0x80, 60, 60),
        prefix("fd02::", 48, 0xc0, 60, 60),
        prefix("fd03::", 64, 0xc0, 60, 61),
        prefix("fe80::", 60));
    assertThat(bench.told).isEmpty();
  }

  @Test
  void learnsNothingWithoutTheMethod() {
    bench.attach(WEB, Bench.web(EnumSet.of(DynamicMethod.DHCPV6)));
    bench.advertised(WEB, prefix("fd00::", 60));
    bench.probes(WEB, "fe80::1:2:3:4");
    assertThat(bench.told).isEmpty();
  }

  @Test
  void holdsNoMorePrefixesThanItsShare() {
    for (int i = 0; i < 40; i++) {
      bench.advertised(WEB, prefix("fd00:0:0:%x::".formatted(i), 60));
    }
    assertThat(bench.openAt(WEB)).hasSize(SlaacHost.MAX_PREFIXES);
    bench.advertised(DB, prefix("fd00::", 60));
    assertThat(bench.openAt(DB)).containsExactly(OF_DB_MAC);
  }

  @Test
  void letsGoOfWhatWasClaimedLongestAgo() {
    bench.advertised(WEB, prefix("fd00::", 60));
    for (int i = 1; i <= 100; i++) {
      bench.probes(WEB, "fd00::1:%x".formatted(i));
    }
    assertThat(bench.openAt(WEB))
        .hasSize(Holdings.MAX_IPV6)
        .contains(OF_MAC, "fd00::1:64")
        .doesNotContain("fd00::1:1", "fd00::1:25");
  }

  @Test
  void leavesAnAddressOfDhcpAlone() {
    bench.asks(WEB, Dhcp6.of(Dhcp6.REQUEST).server(Dhcp6.SERVER));
    bench.hears(
        WEB,
        Dhcp6.of(Dhcp6.REPLY).server(Dhcp6.SERVER).association(Dhcp6.address("fd00::1:5", 60, 60)));
    bench.advertised(WEB, prefix("fd00::", 600));
    bench.probes(WEB, "fd00::1:5");
    bench.pass(60);
    assertThat(bench.openAt(WEB)).containsExactly(OF_MAC);
  }
}
