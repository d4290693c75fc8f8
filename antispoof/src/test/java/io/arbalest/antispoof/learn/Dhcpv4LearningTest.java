package io.arbalest.antispoof.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.antispoof.Frames;
import io.arbalest.antispoof.NotedFrame;
import io.arbalest.antispoof.rules.Topic;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.VnicKey;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Dhcpv4LearningTest {
  private static final int WEB = Bench.WEB;
  private static final String SERVER = "10.0.0.1";
  private static final String OTHER = "10.0.0.2";

  private final Bench bench = Bench.ready();

  private void lease(long seconds) {
    bench.leases(WEB, Frames.MAC, "10.0.0.5", seconds);
    assertThat(bench.openAt(WEB)).containsExactly("10.0.0.5");
  }

  private static Dhcp4 request() {
    return Dhcp4.client(Dhcp4.REQUEST).requested("10.0.0.5").server(SERVER);
  }

  private static Dhcp4 renewal() {
    return Dhcp4.client(Dhcp4.REQUEST).ciaddr("10.0.0.5");
  }

  @Test
  void learnsWhatIsAcknowledged() {
    lease(60);
    assertThat(bench.only())
        .isEqualTo(
            new Binding(
                VnicKey.parse("web/net0"),
                IpLiteral.parse("10.0.0.5"),
                DynamicMethod.DHCPV4,
                SERVER,
                "01020820112233",
                bench.now + 60 * Bench.SECOND));
    assertThat(bench.learner.of(VnicKey.parse("web/net0")))
        .containsExactly(IpLiteral.parse("10.0.0.5"));
    assertThat(bench.openAt(Bench.DB)).isEmpty();
  }

  @Test
  void endsWithTheLeaseAndNotBefore() {
    lease(60);
    assertThat(bench.learner.deadline()).isEqualTo(bench.now + 60 * Bench.SECOND);
    bench.pass(59);
    assertThat(bench.openAt(WEB)).containsExactly("10.0.0.5");
    bench.pass(1);
    assertThat(bench.openAt(WEB)).isEmpty();
    assertThat(bench.learner.of(VnicKey.parse("web/net0"))).isEmpty();
    assertThat(bench.learner.deadline()).isEqualTo(Binding.FOREVER);
  }

  @Test
  void learnsTheAddressGivenNotTheOneAskedFor() {
    bench.asks(WEB, request());
    bench.hears(WEB, Dhcp4.ack("10.0.0.77", SERVER, 60));
    assertThat(bench.openAt(WEB)).containsExactly("10.0.0.77");
  }

  @Test
  void learnsNothingFromOffersAndUnaskedAnswers() {
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60));
    bench.asks(WEB, Dhcp4.client(Dhcp4.DISCOVER));
    bench.hears(WEB, Dhcp4.server(Dhcp4.OFFER).yiaddr("10.0.0.5").server(SERVER).lease(60));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60));
    bench.asks(WEB, Dhcp4.client(Dhcp4.INFORM).ciaddr("10.0.0.5"));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60));
    assertThat(bench.told).isEmpty();
  }

  @Test
  void takesOneAnswerForAQuestion() {
    bench.asks(WEB, request());
    bench.asks(WEB, Dhcp4.client(Dhcp4.INFORM).ciaddr("10.0.0.5"));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60));
    assertThat(bench.told).as("an acknowledgement of DHCPINFORM").isEmpty();
    bench.asks(WEB, request());
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60));
    bench.hears(WEB, Dhcp4.ack("10.0.0.6", SERVER, 60));
    assertThat(bench.told).containsExactly("+3 10.0.0.5");
  }

  @Test
  void wantsTheAnswerToItsOwnQuestion() {
    bench.asks(WEB, request().clientId(0, 7, 7));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60).xid(99));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60).from(Bench.DB_MAC));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60).clientId(0, 8, 8));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", OTHER, 60));
    bench.hears(WEB, Dhcp4.server(Dhcp4.ACK).yiaddr("10.0.0.5").lease(60));
    bench.hears(Bench.DB, Dhcp4.ack("10.0.0.5", SERVER, 60));
    assertThat(bench.told).isEmpty();
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60).clientId(0, 7, 7));
    assertThat(bench.told).containsExactly("+3 10.0.0.5");
    assertThat(bench.only().client()).isEqualTo("000707");
  }

  @Test
  void ignoresQuestionsWithForeignHardwareAddressesOrThroughRelays() {
    MacAddress foreign = MacAddress.parse("2:8:20:9:9:9");
    bench.asks(WEB, request().from(foreign));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60).from(foreign));
    bench.asks(WEB, request().giaddr("10.0.0.9"));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60));
    assertThat(bench.told).isEmpty();
  }

  @Test
  void forgetsAQuestionAfterAWhile() {
    bench.asks(WEB, request());
    bench.pass(64);
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60));
    assertThat(bench.told).containsExactly("+3 10.0.0.5");
    bench.asks(WEB, request().requested("10.0.0.6"));
    bench.pass(65);
    bench.hears(WEB, Dhcp4.ack("10.0.0.6", SERVER, 60));
    assertThat(bench.told).containsExactly("+3 10.0.0.5", "-3 10.0.0.5");
  }

  @Test
  void honoursEveryLeaseTime() {
    bench.asks(WEB, request());
    bench.hears(WEB, Dhcp4.server(Dhcp4.ACK).yiaddr("10.0.0.5").server(SERVER));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 0));
    assertThat(bench.told).as("no time, and none at all").isEmpty();
    lease(0xffff_fffeL);
    assertThat(bench.only().until()).isEqualTo(bench.now + 0xffff_fffeL * Bench.SECOND);
    lease(0xffff_ffffL);
    assertThat(bench.only().until()).isEqualTo(Binding.FOREVER);
    bench.pass(1_000_000_000);
    assertThat(bench.openAt(WEB)).containsExactly("10.0.0.5");
  }

  @Test
  void lastsForAsLongAsTheLeaseWhateverTheTimers() {
    bench.asks(WEB, request());
    bench.hears(
        WEB,
        Dhcp4.ack("10.0.0.5", SERVER, 60)
            .option(58, Dhcp4.u32(1_000_000))
            .option(59, Dhcp4.u32(5)));
    bench.pass(59);
    assertThat(bench.openAt(WEB)).containsExactly("10.0.0.5");
    bench.pass(1);
    assertThat(bench.openAt(WEB)).isEmpty();
  }

  @Test
  void renewsWithoutANewAddress() {
    lease(60);
    bench.pass(30);
    bench.asks(WEB, SERVER, renewal());
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60));
    bench.pass(59);
    assertThat(bench.told).containsExactly("+3 10.0.0.5");
    bench.pass(1);
    assertThat(bench.told).containsExactly("+3 10.0.0.5", "-3 10.0.0.5");
  }

  @Test
  void keepsARenewalThatWasReadLate() {
    lease(60);
    bench.now += 30 * Bench.SECOND;
    byte[] asked = renewal().unicast("10.0.0.5", SERVER);
    bench.learner.onNote(noteAt(bench.now, Direction.FROM_ZONE, asked));
    byte[] heard = Dhcp4.ack("10.0.0.5", SERVER, 60).reply(SERVER);
    long answered = bench.now;
    bench.now += 45 * Bench.SECOND; // The process stood still; the note waited in the ring.
    bench.learner.onNote(noteAt(answered, Direction.TO_ZONE, heard));
    bench.learner.expire(bench.now);
    assertThat(bench.told).containsExactly("+3 10.0.0.5");
    assertThat(bench.only().until()).isEqualTo(answered + 60 * Bench.SECOND);
  }

  private static NotedFrame noteAt(long when, Direction direction, byte[] frame) {
    return new NotedFrame(when, WEB, direction, Topic.DHCPV4, frame);
  }

  @Test
  void letsNoOtherServerTouchALeaseThatIsRenewed() {
    lease(60);
    bench.asks(WEB, SERVER, renewal());
    bench.hears(WEB, Dhcp4.server(Dhcp4.NAK).server(OTHER));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", OTHER, 1));
    bench.asks(WEB, OTHER, renewal());
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", OTHER, 1));
    bench.hears(WEB, Dhcp4.server(Dhcp4.NAK).server(OTHER));
    bench.pass(59);
    assertThat(bench.told).containsExactly("+3 10.0.0.5");
    assertThat(bench.only().server()).isEqualTo(SERVER);
  }

  @Test
  void takesTheAnswerOfAnyServerWhenAllWereAsked() {
    lease(60);
    bench.pass(50);
    bench.asks(WEB, renewal());
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", OTHER, 5));
    assertThat(bench.only().server()).isEqualTo(OTHER);
    bench.pass(5);
    assertThat(bench.openAt(WEB)).isEmpty();
  }

  @Test
  void endsByARefusalOfWhoWasAsked() {
    lease(60);
    bench.asks(WEB, SERVER, renewal());
    bench.hears(WEB, Dhcp4.server(Dhcp4.NAK).server(SERVER));
    assertThat(bench.openAt(WEB)).isEmpty();
    lease(60);
    bench.asks(WEB, Dhcp4.client(Dhcp4.REQUEST).requested("10.0.0.5"));
    bench.hears(WEB, Dhcp4.server(Dhcp4.NAK).server(OTHER));
    assertThat(bench.openAt(WEB)).as("after a restart any server may refuse").isEmpty();
  }

  @Test
  void isNotEndedByARefusalOfAnotherQuestion() {
    lease(60);
    bench.hears(WEB, Dhcp4.server(Dhcp4.NAK).server(SERVER));
    bench.asks(WEB, request().requested("10.0.0.6").xid(7));
    bench.hears(WEB, Dhcp4.server(Dhcp4.NAK).server(SERVER).xid(7));
    bench.asks(WEB, Dhcp4.client(Dhcp4.REQUEST).requested("10.0.0.5").clientId(0, 1, 1).xid(8));
    bench.hears(WEB, Dhcp4.server(Dhcp4.NAK).server(SERVER).xid(8));
    assertThat(bench.told).containsExactly("+3 10.0.0.5");
  }

  @Test
  void endsByReleaseAndDecline() {
    lease(60);
    bench.asks(WEB, SERVER, Dhcp4.client(Dhcp4.RELEASE).ciaddr("10.0.0.5").server(SERVER));
    assertThat(bench.openAt(WEB)).isEmpty();
    lease(60);
    bench.asks(WEB, Dhcp4.client(Dhcp4.DECLINE).requested("10.0.0.5").server(SERVER));
    assertThat(bench.openAt(WEB)).isEmpty();
  }

  @Test
  void isNotEndedBySomebodyElsesRelease() {
    lease(60);
    bench.asks(Bench.DB, SERVER, Dhcp4.client(Dhcp4.RELEASE).from(Bench.DB_MAC).ciaddr("10.0.0.5"));
    bench.asks(WEB, SERVER, Dhcp4.client(Dhcp4.RELEASE).ciaddr("10.0.0.6"));
    bench.hears(WEB, Dhcp4.server(Dhcp4.RELEASE).ciaddr("10.0.0.5"));
    assertThat(bench.openAt(WEB)).containsExactly("10.0.0.5");
  }

  @Test
  void givesAClientOneAddress() {
    lease(60);
    bench.leases(WEB, Frames.MAC, "10.0.0.6", 60);
    assertThat(bench.told).containsExactly("+3 10.0.0.5", "+3 10.0.0.6", "-3 10.0.0.5");
    bench.asks(WEB, request().requested("10.0.0.7").clientId(0, 1, 1));
    bench.hears(WEB, Dhcp4.ack("10.0.0.7", SERVER, 60).clientId(0, 1, 1));
    assertThat(bench.openAt(WEB)).containsExactly("10.0.0.6", "10.0.0.7");
  }

  @Test
  void learnsFromARapidCommit() {
    bench.asks(WEB, Dhcp4.client(Dhcp4.DISCOVER).option(80));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60));
    assertThat(bench.told).as("without option 80").isEmpty();
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60).option(80));
    assertThat(bench.told).containsExactly("+3 10.0.0.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "127.0.0.1",
        "224.0.0.1",
        "239.1.2.3",
        "240.0.0.1",
        "255.255.255.255"
      })
  void neverLearnsWhatIsNoStation(String address) {
    bench.asks(WEB, request());
    bench.hears(WEB, Dhcp4.ack(address, SERVER, 60));
    assertThat(bench.told).isEmpty();
  }

  @Test
  void neverLearnsABroadcastAddress() {
    bench.asks(WEB, request());
    bench.hears(WEB, Dhcp4.ack("10.0.0.255", SERVER, 60).option(1, Frames.ip("255.255.255.0")));
    assertThat(bench.told).isEmpty();
  }

  @Test
  void learnsNothingWithoutTheMethod() {
    bench.attach(WEB, Bench.web(EnumSet.of(DynamicMethod.DHCPV6, DynamicMethod.SLAAC)));
    bench.leases(WEB, Frames.MAC, "10.0.0.5", 60);
    assertThat(bench.told).isEmpty();
  }

  @Test
  void holdsNoMoreThanItsShare() {
    for (int client = 1; client <= 20; client++) {
      bench.asks(WEB, request().xid(client).clientId(0, client));
      bench.hears(WEB, Dhcp4.ack("10.0.1." + client, SERVER, 60).xid(client));
    }
    assertThat(bench.openAt(WEB)).hasSize(Holdings.MAX_IPV4).doesNotContain("10.0.1.17");
    bench.leases(Bench.DB, Bench.DB_MAC, "10.0.0.4", 60);
    assertThat(bench.openAt(Bench.DB)).containsExactly("10.0.0.4");
  }

  @Test
  void forgetsOnlyItsOwnQuestionsInAFlood() {
    bench.asks(Bench.DB, request().from(Bench.DB_MAC));
    bench.asks(WEB, request().xid(1));
    for (int xid = 2; xid < 10_000; xid++) {
      bench.asks(WEB, request().xid(xid));
    }
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60).xid(1));
    assertThat(bench.told).isEmpty();
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", SERVER, 60).xid(9_999));
    bench.hears(Bench.DB, Dhcp4.ack("10.0.0.4", SERVER, 60).from(Bench.DB_MAC));
    assertThat(bench.told).containsExactly("+3 10.0.0.5", "+4 10.0.0.4");
  }
}
