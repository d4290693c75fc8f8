package io.arbalest.antispoof.learn;

import static io.arbalest.antispoof.Frames.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.Frames;
import io.arbalest.antispoof.NotedFrame;
import io.arbalest.antispoof.rules.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames that an enemy made: whatever they hold, nothing is thrown and no table overflows. */
class LearnHostileTest {
  private static final int MUTANTS = 250_000;
  private static final long SEED = 20_261;
  private static final List<Topic> TOPICS = List.of(Topic.values());

  private static final List<byte[]> GOOD =
      List.of(
          Dhcp4.client(Dhcp4.REQUEST).requested("10.0.0.5").clientId(1, 2, 3).broadcast(),
          Dhcp4.client(Dhcp4.REQUEST).ciaddr("10.0.0.5").unicast("10.0.0.5", "10.0.0.1"),
          Dhcp4.ack("10.0.0.5", "10.0.0.1", 60).option(52, 3).reply("10.0.0.1"),
          Dhcp6.of(Dhcp6.REQUEST).server(Dhcp6.SERVER).fromZone(),
          Dhcp6.of(Dhcp6.REPLY)
              .server(Dhcp6.SERVER)
              .association(Dhcp6.address("fd00::5", 60, 60, Dhcp6.status(0)))
              .temporary(Dhcp6.address("fd00::6", 60, 60))
              .toZone(),
          Neighbours.advertisement(
              Neighbours.prefix("fd00::", 60), bytes(1, 1, 2, 8, 0x20, 0xaa, 0xbb, 0xcc)),
          Neighbours.probe("fd00::7", bytes(14, 1, 1, 2, 3, 4, 5, 6)));

  private final Bench bench = Bench.ready();

  private void feed(byte[] frame) {
    for (Topic topic : Topic.values()) {
      for (Direction direction : Direction.values()) {
        bench.learner.onNote(new NotedFrame(bench.now, Bench.WEB, direction, topic, frame));
      }
    }
  }

  @Test
  void readsEveryPartOfAFrame() {
    for (byte[] frame : GOOD) {
      for (int length = 0; length < frame.length; length++) {
        byte[] part = Frames.cut(frame, length);
        assertThat(FrameCodec.datagram(part)).isEmpty();
        assertThat(NeighbourCodec.advertisement(part)).isEmpty();
        assertThat(NeighbourCodec.probe(part)).isEmpty();
        feed(part);
      }
    }
    assertThat(bench.told).isEmpty();
  }

  @Test
  void readsEveryPartOfAMessage() {
    byte[] four = Dhcp4.ack("10.0.0.5", "10.0.0.1", 60).clientId(1, 2, 3).message();
    for (int length = 0; length < four.length; length++) {
      boolean read = Dhcpv4Codec.decode(new Octets(four, 0, length)).isPresent();
      assertThat(read && length < 243).as("%d octets", length).isFalse();
    }
    byte[] six = Dhcp6.of(Dhcp6.REPLY).association(Dhcp6.address("fd00::5", 60, 60)).message();
    for (int length = 0; length < six.length; length++) {
      boolean read = Dhcpv6Codec.decode(new Octets(six, 0, length)).isPresent();
      assertThat(read).as("%d octets", length).isEqualTo(length == 4 || length == 18);
    }
  }

  @Test
  void readsEveryMutant() {
    Random random = new Random(SEED);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] frame = mutant(random, GOOD.get(i % GOOD.size()));
      bench.now += random.nextInt(1_000_000);
      Topic topic = TOPICS.get(random.nextInt(TOPICS.size()));
      Direction direction = random.nextBoolean() ? Direction.FROM_ZONE : Direction.TO_ZONE;
      bench.learner.onNote(new NotedFrame(bench.now, Bench.WEB, direction, topic, frame));
    }
    assertThat(bench.openAt(Bench.DB)).isEmpty();
    assertThat(bench.openAt(Bench.WEB))
        .hasSizeLessThanOrEqualTo(Holdings.MAX_IPV4 + Holdings.MAX_IPV6)
        .as("some mutants are good enough")
        .isNotEmpty();
    assertThat(bench.learner.bindings()).hasSameSizeAs(bench.openAt(Bench.WEB));
    assertThat(bench.learner.bindings())
        .allMatch(binding -> IpAddresses.isStation(binding.address()));
  }

  private static byte[] mutant(Random random, byte[] good) {
    byte[] frame = Arrays.copyOf(good, good.length);
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = 14 + random.nextInt(frame.length - 14);
      frame[at] =
          (byte)
              (random.nextInt(3) == 0 ? random.nextInt(256) : frame[at] ^ 1 << random.nextInt(8));
    }
    return random.nextInt(8) == 0 ? Frames.cut(frame, random.nextInt(frame.length)) : frame;
  }

  @Test
  void readsNoise() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      feed(noise);
      Dhcpv4Codec.decode(Octets.of(noise));
      Dhcpv6Codec.decode(Octets.of(noise));
    }
    assertThat(bench.told).isEmpty();
  }

  /** As many options as fit, each of them as short as can be. */
  @Test
  void readsAFrameFullOfOptions() {
    byte[] pieces = new byte[60_000];
    for (int i = 0; i < pieces.length; i += 3) {
      pieces[i] = (byte) (60 + i % 190);
      pieces[i + 1] = 1;
    }
    assertThat(Dhcpv4Codec.decode(Octets.of(Dhcp4.client(Dhcp4.REQUEST).raw(pieces).message())))
        .isPresent();
    byte[] empty = Dhcp6.of(Dhcp6.REPLY).association(new byte[60_000]).message();
    assertThat(Dhcpv6Codec.decode(Octets.of(empty))).isPresent();
    byte[] options = new byte[60_000];
    for (int i = 0; i < options.length; i += 8) {
      options[i] = 3;
      options[i + 1] = 1;
    }
    assertThat(NeighbourCodec.advertisement(Neighbours.advertisement(options)))
        .map(RouterAdvertisement::prefixes)
        .contains(List.of());
  }
}
