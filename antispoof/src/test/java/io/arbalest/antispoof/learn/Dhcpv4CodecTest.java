package io.arbalest.antispoof.learn;

import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Frames;
import io.arbalest.linux.net.IpLiteral;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class Dhcpv4CodecTest {
  private static Optional<Dhcpv4Message> decode(Dhcp4 message) {
    return Dhcpv4Codec.decode(Octets.of(message.message()));
  }

  private static Dhcpv4Message good(Dhcp4 message) {
    return decode(message).orElseThrow();
  }

  @Test
  void readsAnAcknowledgement() {
    Dhcpv4Message ack =
        good(
            Dhcp4.ack("10.0.0.5", "10.0.0.1", 3600)
                .xid(0xdeadbeef)
                .option(58, Dhcp4.u32(1800))
                .option(59, Dhcp4.u32(3150))
                .option(1, Frames.ip("255.255.255.0"))
                .clientId(1, 2, 3));
    assertThat(ack.fromServer()).isTrue();
    assertThat(ack.type()).isEqualTo(Dhcpv4Message.Type.ACK);
    assertThat(ack.xid()).isEqualTo(0xdeadbeef);
    assertThat(ack.client()).contains(Frames.MAC);
    assertThat(ack.addresses().yours()).isEqualTo(IpLiteral.parse("10.0.0.5"));
    assertThat(ack.server()).contains(IpLiteral.parse("10.0.0.1"));
    assertThat(ack.mask()).contains(IpLiteral.parse("255.255.255.0"));
    assertThat(ack.clientId()).contains(new ClientId("010203"));
    assertThat(ack.times())
        .isEqualTo(
            new Dhcpv4Message.Times(
                OptionalLong.of(3600), OptionalLong.of(1800), OptionalLong.of(3150)));
    assertThat(ack.times().isSane()).isTrue();
    assertThat(ack.rapidCommit()).isFalse();
  }

  @Test
  void readsARequest() {
    Dhcpv4Message request =
        good(Dhcp4.client(Dhcp4.REQUEST).requested("10.0.0.5").server("10.0.0.1").option(80));
    assertThat(request.fromServer()).isFalse();
    assertThat(request.type()).isEqualTo(Dhcpv4Message.Type.REQUEST);
    assertThat(request.requested()).contains(IpLiteral.parse("10.0.0.5"));
    assertThat(request.identity()).contains(new ClientId("01020820112233"));
    assertThat(request.rapidCommit()).isTrue();
  }

  @Test
  void joinsAnOptionInPieces() {
    Dhcpv4Message message =
        good(
            Dhcp4.client(Dhcp4.REQUEST)
                .clientId(1, 2)
                .option(50, 10, 0)
                .clientId(3)
                .option(50, 0, 5));
    assertThat(message.clientId()).contains(new ClientId("010203"));
    assertThat(message.requested()).contains(IpLiteral.parse("10.0.0.5"));
  }

  @Test
  void readsOverloadedFieldsInOrder() {
    Dhcp4 both =
        Dhcp4.client(Dhcp4.REQUEST)
            .option(52, 3)
            .clientId(1, 2)
            .file(join(bytes(61, 1, 3, 255)))
            .sname(join(bytes(61, 1, 4, 0, 0, 50, 4), Frames.ip("10.0.0.5"), bytes(255)));
    assertThat(good(both).clientId()).contains(new ClientId("01020304"));
    assertThat(good(both).requested()).contains(IpLiteral.parse("10.0.0.5"));
    assertThat(good(both.option(52, 0)).clientId())
        .as("an overload option of two octets is none")
        .contains(new ClientId("0102"));
  }

  @Test
  void leavesFieldsAloneThatHoldNoOptions() {
    byte[] option = bytes(61, 3, 9, 9, 9, 255);
    assertThat(good(Dhcp4.client(Dhcp4.REQUEST).file(option).sname(option)).clientId()).isEmpty();
    assertThat(good(Dhcp4.client(Dhcp4.REQUEST).option(52, 1).sname(option)).clientId()).isEmpty();
    assertThat(good(Dhcp4.client(Dhcp4.REQUEST).option(52, 2).file(option)).clientId()).isEmpty();
  }

  @Test
  void refusesOptionsThatDoNotEnd() {
    assertThat(decode(Dhcp4.client(Dhcp4.REQUEST).raw(bytes(61, 200, 1)))).isEmpty();
    assertThat(decode(Dhcp4.client(Dhcp4.REQUEST).option(52, 1).file(endless(128)))).isEmpty();
    assertThat(decode(Dhcp4.client(Dhcp4.REQUEST).option(52, 2).sname(endless(64)))).isEmpty();
  }

  private static byte[] endless(int length) {
    byte[] field = new byte[length];
    Arrays.fill(field, (byte) 61);
    return field;
  }

  @Test
  void takesOptionsOfTheWrongLengthForAbsent() {
    Dhcpv4Message message =
        good(
            Dhcp4.server(Dhcp4.ACK)
                .option(50, 10, 0, 0)
                .option(51, 1, 2)
                .option(54, 1, 2, 3, 4, 5)
                .option(61, 1));
    assertThat(message.requested()).isEmpty();
    assertThat(message.server()).isEmpty();
    assertThat(message.clientId()).isEmpty();
    assertThat(message.times().lease()).isEmpty();
  }

  @Test
  void refusesWhatIsNoDhcp() {
    byte[] good = Dhcp4.client(Dhcp4.DISCOVER).message();
    assertThat(Dhcpv4Codec.decode(Octets.of(good))).isPresent();
    assertThat(Dhcpv4Codec.decode(Octets.of(with(good, 236, 0)))).as("no cookie").isEmpty();
    assertThat(Dhcpv4Codec.decode(Octets.of(with(good, 0, 3)))).as("op 3").isEmpty();
    assertThat(Dhcpv4Codec.decode(Octets.of(with(good, 240, 12)))).as("no type").isEmpty();
    assertThat(Dhcpv4Codec.decode(Octets.of(with(good, 242, 99)))).as("type 99").isEmpty();
    assertThat(Dhcpv4Codec.decode(Octets.of(with(good, 2, 5))).orElseThrow().client()).isEmpty();
    assertThat(Dhcpv4Codec.decode(Octets.of(with(good, 1, 6))).orElseThrow().client()).isEmpty();
  }

  private static byte[] with(byte[] message, int at, int value) {
    byte[] changed = message.clone();
    changed[at] = (byte) value;
    return changed;
  }

  @Test
  void tellsAHostFromItsNetwork() {
    assertThat(good(masked("10.0.0.255", "255.255.255.0")).yoursIsHost()).isFalse();
    assertThat(good(masked("10.0.0.0", "255.255.255.0")).yoursIsHost()).isFalse();
    assertThat(good(masked("10.0.0.254", "255.255.255.0")).yoursIsHost()).isTrue();
    assertThat(good(masked("10.0.0.255", "255.255.0.0")).yoursIsHost()).isTrue();
    assertThat(good(masked("10.0.0.1", "255.255.255.254")).yoursIsHost()).isTrue();
    assertThat(good(masked("10.0.0.1", "255.255.255.255")).yoursIsHost()).isTrue();
  }

  private static Dhcp4 masked(String yours, String mask) {
    return Dhcp4.ack(yours, "10.0.0.1", 60).option(1, Frames.ip(mask));
  }

  @Test
  void seesTimesThatDoNotGoTogether() {
    assertThat(times(100, 50, 80).isSane()).isTrue();
    assertThat(times(100, 90, 80).isSane()).isFalse();
    assertThat(times(100, 50, 101).isSane()).isFalse();
    assertThat(times(Dhcpv4Message.Times.FOREVER, 50, 80).isSane()).isTrue();
  }

  private static Dhcpv4Message.Times times(long lease, long renewal, long rebinding) {
    return new Dhcpv4Message.Times(
        OptionalLong.of(lease), OptionalLong.of(renewal), OptionalLong.of(rebinding));
  }
}
