package io.arbalest.overlay.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Any bytes give a verdict, and no reply breaks the rules; the seed makes a failure repeatable. */
final class NeighbourProxyFuzzTest {
  private static final long SEED = 20_261_123;
  private static final int ROUNDS = 300_000;
  private static final String WEB = "2:8:20:0:0:a";
  private static final String DB = "2:8:20:0:0:14";
  private static final byte UNTOUCHED = 0x5a;

  private final FakeBook book =
      new FakeBook()
          .local(WEB, "10.42.0.10", "fd42::10")
          .remote(DB, "10.42.0.20", "fd42::20")
          .dhcpProxy(WEB, DB);

  private final List<byte[]> seeds =
      List.of(
          Frames.arpRequest(WEB, "10.42.0.10", "10.42.0.20"),
          Frames.arpRequest(WEB, "0.0.0.0", "10.42.0.20"),
          Frames.solicitation(WEB, "fd42::10", "fd42::20"),
          Frames.solicitation(WEB, "::", "fd42::20", new byte[0]),
          Frames.advertisement(WEB, "fd42::10"),
          Frames.dhcpDiscover(WEB));

  @Test
  void shouldJudgeAnyBytes() {
    Random random = new Random(SEED);
    Set<ProxyVerdict> seen = EnumSet.noneOf(ProxyVerdict.class);
    byte[] reply = new byte[NeighbourProxy.REPLY_CAPACITY];
    for (int round = 0; round < ROUNDS; round++) {
      byte[] frame = mutate(seeds.get(random.nextInt(seeds.size())), random);
      byte[] before = frame.clone();
      Arrays.fill(reply, UNTOUCHED);

      ProxyVerdict verdict = NeighbourProxy.examine(segment(frame), book, segment(reply));

      seen.add(verdict);
      checkReply(verdict, before, reply);
      if (verdict != ProxyVerdict.UNICAST) {
        assertThat(frame).isEqualTo(before);
      }
    }
    assertThat(seen).contains(ProxyVerdict.ARP_REPLY, ProxyVerdict.NEIGHBOUR_ADVERTISEMENT);
    assertThat(seen)
        .contains(ProxyVerdict.MALFORMED, ProxyVerdict.FALSE_CLAIM, ProxyVerdict.UNICAST);
  }

  private static MemorySegment segment(byte[] octets) {
    return MemorySegment.ofArray(octets);
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] frame = seed.clone();
    for (int flips = random.nextInt(4); flips > 0; flips--) {
      frame[random.nextInt(frame.length)] = (byte) random.nextInt();
    }
    if (frame.length > 80 && frame[12] == (byte) 0x86 && random.nextBoolean()) {
      Frames.withIcmpChecksum(frame);
    }
    return random.nextInt(4) == 0 ? Frames.cut(frame, random.nextInt(frame.length * 2)) : frame;
  }

  private static void checkReply(ProxyVerdict verdict, byte[] frame, byte[] reply) {
    int length = verdict.replyLength();
    for (int i = length; i < reply.length; i++) {
      if (reply[i] != UNTOUCHED) {
        throw new AssertionError(verdict + " wrote beyond its reply, at octet " + i);
      }
    }
    if (length > 0) {
      assertThat(Arrays.copyOf(reply, 6)).isEqualTo(Arrays.copyOfRange(frame, 6, 12));
      assertThat(Arrays.copyOfRange(reply, 6, 12)).isEqualTo(Frames.mac(DB));
    }
    if (verdict == ProxyVerdict.NEIGHBOUR_ADVERTISEMENT) {
      byte[] sent = Arrays.copyOf(reply, length);
      assertThat(Frames.withIcmpChecksum(sent.clone())).isEqualTo(sent);
    }
  }
}
