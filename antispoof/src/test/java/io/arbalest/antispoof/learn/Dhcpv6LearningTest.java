package io.arbalest.antispoof.learn;

import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.learn.Dhcp6.address;
import static io.arbalest.antispoof.learn.Dhcp6.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.DynamicMethod;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Dhcpv6LearningTest {
  private static final int WEB = Bench.WEB;

  private final Bench bench = Bench.ready();

  private static Dhcp6 asking(int type) {
    return Dhcp6.of(type).server(Dhcp6.SERVER);
  }

  private static Dhcp6 reply(byte[]... inner) {
    return Dhcp6.of(Dhcp6.REPLY).server(Dhcp6.SERVER).association(inner);
  }

  private void lease(long valid) {
    bench.asks(WEB, asking(Dhcp6.REQUEST));
    bench.hears(WEB, reply(address("fd00::5", valid, valid)));
    assertThat(bench.openAt(WEB)).containsExactly("fd00::5");
  }

  @Test
  void learnsWhatIsGranted() {
    lease(60);
    assertThat(bench.only().method()).isEqualTo(DynamicMethod.DHCPV6);
    assertThat(bench.only().server()).isEqualTo("00030001020820aabbcc");
    assertThat(bench.only().client()).isEqualTo("00030001020820112233");
    bench.pass(59);
    assertThat(bench.openAt(WEB)).containsExactly("fd00::5");
    bench.pass(1);
    assertThat(bench.openAt(WEB)).isEmpty();
  }

  @Test
  void givesEachAddressItsOwnLifetime() {
    bench.asks(WEB, asking(Dhcp6.REQUEST));
    bench.hears(
        WEB,
        reply(address("fd00::5", 10, 10), address("fd00::6", 20, 20))
            .temporary(address("fd00::7", 30, 0xffff_ffffL)));
    assertThat(bench.openAt(WEB)).containsExactly("fd00::5", "fd00::6", "fd00::7");
    bench.pass(10);
    assertThat(bench.openAt(WEB)).containsExactly("fd00::6", "fd00::7");
    bench.pass(1_000_000_000);
    assertThat(bench.openAt(WEB)).containsExactly("fd00::7");
  }

  @Test
  void wantsTheAnswerToItsOwnQuestion() {
    bench.asks(WEB, asking(Dhcp6.REQUEST));
    byte[] grant = address("fd00::5", 60, 60);
    bench.hears(WEB, reply(grant).xid(1));
    bench.hears(WEB, Dhcp6.of(Dhcp6.REPLY).association(grant));
    bench.hears(WEB, Dhcp6.of(Dhcp6.REPLY).server(Dhcp6.OTHER_SERVER).association(grant));
    bench.hears(WEB, Dhcp6.nameless(Dhcp6.REPLY).server(Dhcp6.SERVER).association(grant));
    bench.hears(
        WEB,
        Dhcp6.nameless(Dhcp6.REPLY)
            .option(1, bytes(0, 3, 0, 1, 9))
            .server(Dhcp6.SERVER)
            .association(grant));
    bench.hears(WEB, Dhcp6.of(Dhcp6.ADVERTISE).server(Dhcp6.SERVER).association(grant));
    bench.hears(Bench.DB, reply(grant));
    assertThat(bench.told).isEmpty();
    bench.hears(WEB, reply(grant));
    bench.hears(WEB, reply(address("fd00::6", 60, 60)));
    assertThat(bench.told).as("one answer for a question").containsExactly("+3 fd00::5");
  }

  @ParameterizedTest
  @ValueSource(ints = {Dhcp6.SOLICIT, Dhcp6.CONFIRM, Dhcp6.INFORMATION_REQUEST})
  void learnsNothingFromOtherQuestions(int type) {
    bench.asks(WEB, Dhcp6.of(type));
    bench.hears(WEB, reply(address("fd00::5", 60, 60)).rapid());
    assertThat(bench.told).isEmpty();
  }

  @Test
  void wantsAServerNamedWhereOneMustBe() {
    bench.asks(WEB, Dhcp6.of(Dhcp6.REQUEST));
    bench.hears(WEB, reply(address("fd00::5", 60, 60)));
    bench.asks(WEB, asking(Dhcp6.REBIND));
    bench.hears(WEB, reply(address("fd00::5", 60, 60)));
    assertThat(bench.told).isEmpty();
  }

  @Test
  void learnsFromARapidCommit() {
    bench.asks(WEB, Dhcp6.of(Dhcp6.SOLICIT).rapid());
    bench.hears(WEB, reply(address("fd00::5", 60, 60)));
    assertThat(bench.told).as("without the option").isEmpty();
    bench.hears(WEB, reply(address("fd00::5", 60, 60)).rapid());
    assertThat(bench.told).containsExactly("+3 fd00::5");
  }

  @Test
  void respectsEveryStatus() {
    byte[] grant = address("fd00::5", 60, 60);
    for (Dhcp6 refusal :
        new Dhcp6[] {
          reply(grant).option(13, bytes(0, 1)),
          reply(grant, status(2)),
          reply(address("fd00::5", 60, 60, status(1)))
        }) {
      bench.asks(WEB, asking(Dhcp6.REQUEST));
      bench.hears(WEB, refusal);
    }
    assertThat(bench.told).isEmpty();
  }

  @Test
  void renewsAndRebinds() {
    lease(60);
    bench.pass(30);
    bench.asks(WEB, asking(Dhcp6.RENEW));
    bench.hears(WEB, reply(address("fd00::5", 60, 60)));
    bench.pass(45);
    bench.asks(WEB, Dhcp6.of(Dhcp6.REBIND));
    bench.hears(
        WEB,
        Dhcp6.of(Dhcp6.REPLY).server(Dhcp6.OTHER_SERVER).association(address("fd00::5", 60, 60)));
    assertThat(bench.only().server()).isEqualTo("00030001020820ddeeff");
    bench.pass(59);
    assertThat(bench.told).containsExactly("+3 fd00::5");
    bench.pass(1);
    assertThat(bench.openAt(WEB)).isEmpty();
  }

  @Test
  void letsNoOtherServerCutALeaseThatIsRenewed() {
    lease(60);
    for (long valid : new long[] {5, 0}) {
      bench.asks(WEB, Dhcp6.of(Dhcp6.RENEW).server(Dhcp6.OTHER_SERVER));
      bench.hears(
          WEB,
          Dhcp6.of(Dhcp6.REPLY)
              .server(Dhcp6.OTHER_SERVER)
              .association(address("fd00::5", valid, valid)));
    }
    bench.pass(59);
    assertThat(bench.openAt(WEB)).containsExactly("fd00::5");
  }

  @Test
  void closesWhatItsServerTakesAway() {
    lease(60);
    bench.asks(WEB, asking(Dhcp6.RENEW));
    bench.hears(WEB, reply(address("fd00::5", 0, 0), address("fd00::6", 60, 60)));
    assertThat(bench.told).containsExactly("+3 fd00::5", "-3 fd00::5", "+3 fd00::6");
  }

  @Test
  void keepsWhatAReplyDoesNotMentionOrDoesNotKnow() {
    lease(60);
    bench.asks(WEB, asking(Dhcp6.RENEW));
    bench.hears(WEB, reply());
    bench.asks(WEB, asking(Dhcp6.RENEW));
    bench.hears(WEB, reply(status(3)));
    bench.pass(59);
    assertThat(bench.openAt(WEB)).containsExactly("fd00::5");
  }

  @ParameterizedTest
  @ValueSource(ints = {Dhcp6.RELEASE, Dhcp6.DECLINE})
  void closesWhatTheZoneGivesBack(int type) {
    lease(60);
    bench.asks(Bench.DB, asking(type).association(address("fd00::5", 0, 0)));
    bench.asks(WEB, asking(type).association(address("fd00::6", 0, 0)));
    assertThat(bench.openAt(WEB)).containsExactly("fd00::5");
    bench.asks(WEB, asking(type).association(address("fd00::5", 0, 0)));
    assertThat(bench.openAt(WEB)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", "::1", "::10.0.0.5", "ff02::1", "ff05::2", "fe80::5"})
  void neverLearnsWhatIsNoStation(String ip) {
    bench.asks(WEB, asking(Dhcp6.REQUEST));
    bench.hears(WEB, reply(address(ip, 60, 60)));
    assertThat(bench.told).isEmpty();
  }

  @Test
  void neverLearnsAnAddressThatOutlivesItself() {
    bench.asks(WEB, asking(Dhcp6.REQUEST));
    bench.hears(WEB, reply(address("fd00::5", 61, 60)));
    assertThat(bench.told).isEmpty();
  }

  @Test
  void learnsNothingWithoutTheMethod() {
    bench.attach(WEB, Bench.web(EnumSet.of(DynamicMethod.DHCPV4, DynamicMethod.SLAAC)));
    bench.asks(WEB, asking(Dhcp6.REQUEST));
    bench.hears(WEB, reply(address("fd00::5", 60, 60)));
    assertThat(bench.told).isEmpty();
  }

  @Test
  void holdsNoMoreThanItsShare() {
    for (int i = 1; i <= 80; i++) {
      bench.asks(WEB, asking(Dhcp6.REQUEST).xid(i));
      bench.hears(WEB, reply(address("fd00::" + i, 60, 60)).xid(i));
    }
    assertThat(bench.openAt(WEB)).hasSize(Holdings.MAX_IPV6);
    assertThat(bench.told).doesNotContain("-3 fd00::1");
  }
}
