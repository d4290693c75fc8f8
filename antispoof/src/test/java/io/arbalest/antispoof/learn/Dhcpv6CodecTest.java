package io.arbalest.antispoof.learn;

import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.learn.Dhcp6.address;
import static io.arbalest.antispoof.learn.Dhcp6.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Frames;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Dhcpv6CodecTest {
  private static Optional<Dhcpv6Message> decode(byte[] message) {
    return Dhcpv6Codec.decode(Octets.of(message));
  }

  private static Dhcpv6Message good(Dhcp6 message) {
    return decode(message.message()).orElseThrow();
  }

  @Test
  void readsAReply() {
    Dhcpv6Message reply =
        good(
            Dhcp6.of(Dhcp6.REPLY)
                .server(Dhcp6.SERVER)
                .rapid()
                .association(address("fd00::5", 100, 200), address("fd00::6", 0, 0, status(2)))
                .temporary(address("fd00::7", 1, 0xffff_ffffL), status(0)));
    assertThat(reply.type()).isEqualTo(Dhcpv6Message.Type.REPLY);
    assertThat(reply.xid()).isEqualTo(0x123456);
    assertThat(reply.client()).contains(new ClientId("00030001020820112233"));
    assertThat(reply.server()).contains(new ClientId("00030001020820aabbcc"));
    assertThat(reply.rapidCommit()).isTrue();
    assertThat(reply.status().isSuccess()).isTrue();
    assertThat(reply.associations()).hasSize(2);
    Dhcpv6Message.Association fixed = reply.associations().getFirst();
    assertThat(fixed.temporary()).isFalse();
    assertThat(fixed.id()).isEqualTo(7);
    assertThat(fixed.grants()).extracting(Dhcpv6Message.Grant::valid).containsExactly(200L, 0L);
    assertThat(fixed.grants().get(1).status().code()).isEqualTo(2);
    Dhcpv6Message.Association temporary = reply.associations().get(1);
    assertThat(temporary.temporary()).isTrue();
    assertThat(temporary.id()).isEqualTo(8);
    assertThat(temporary.grants().getFirst().valid()).isEqualTo(Dhcpv6Message.Grant.FOREVER);
    assertThat(reply.addresses())
        .extracting(InetAddress::getHostAddress)
        .containsExactly("fd00:0:0:0:0:0:0:5", "fd00:0:0:0:0:0:0:6", "fd00:0:0:0:0:0:0:7");
  }

  @Test
  void readsStatusAtEachLevel() {
    assertThat(good(Dhcp6.of(Dhcp6.REPLY).option(13, bytes(0, 1))).status().code()).isEqualTo(1);
    assertThat(
            good(Dhcp6.of(Dhcp6.REPLY).association(status(3))).associations().getFirst().status())
        .isEqualTo(new Dhcpv6Message.Status(3));
    assertThat(good(Dhcp6.of(Dhcp6.REPLY).option(13, bytes(1))).status().isSuccess()).isTrue();
  }

  @Test
  void keepsAMappedAddressOfItsOwnFamily() {
    byte[] mapped = bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, 5);
    byte[] grant = Dhcp6.opt(5, mapped, Dhcp4.u32(1), Dhcp4.u32(1));
    InetAddress read = good(Dhcp6.of(Dhcp6.REPLY).association(grant)).addresses().getFirst();
    assertThat(read.getAddress()).isEqualTo(mapped);
    assertThat(IpAddresses.isStation(read)).isFalse();
  }

  @Test
  void passesOverAssociationsThatCannotBeRead() {
    Dhcpv6Message message =
        good(
            Dhcp6.of(Dhcp6.REPLY)
                .option(3, bytes(1, 2, 3))
                .option(4, bytes(1))
                .association(bytes(0, 5, 0, 9, 1))
                .association(Dhcp6.opt(5, bytes(1, 2)), address("fd00::5", 1, 1)));
    assertThat(message.associations()).hasSize(1);
    assertThat(message.addresses()).hasSize(1);
  }

  @Test
  void refusesWhatIsNone() {
    assertThat(decode(bytes(7, 0, 0))).isEmpty();
    assertThat(decode(bytes(12, 0, 0, 0))).as("relayed").isEmpty();
    assertThat(decode(bytes(0, 0, 0, 0))).isEmpty();
    assertThat(decode(bytes(7, 0, 0, 1, 0, 1))).as("half an option").isEmpty();
    assertThat(decode(bytes(7, 0, 0, 1, 0, 1, 0, 9, 1))).as("too long an option").isEmpty();
    assertThat(decode(bytes(7, 0, 0, 1))).isPresent();
  }

  @Test
  void refusesIdentifiersOfImpossibleLength() {
    for (int length : List.of(0, 2, 131)) {
      Dhcp6 message = Dhcp6.nameless(Dhcp6.REPLY).option(1, new byte[length]);
      assertThat(good(message).client()).as("%d octets", length).isEmpty();
    }
    assertThat(good(Dhcp6.nameless(Dhcp6.REPLY).option(1, new byte[130])).client()).isPresent();
  }

  @Test
  void isFoundBehindExtensionHeaders() {
    byte[] message = Dhcp6.of(Dhcp6.SOLICIT).message();
    byte[] udp = Frames.udp(546, 547, message);
    byte[] behind =
        Frames.own(
            Frames.IPV6,
            Frames.ipv6(
                Frames.LINK_LOCAL, "ff02::1:2", 0, Frames.options(60), Frames.options(17), udp));
    assertThat(FrameCodec.datagram(behind).map(Datagram::destinationPort)).contains(547);
    byte[] fragment =
        Frames.own(
            Frames.IPV6,
            Frames.ipv6(Frames.LINK_LOCAL, "ff02::1:2", 44, Frames.fragment(17, 0, true), udp));
    assertThat(FrameCodec.datagram(fragment)).isEmpty();
  }
}
