package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.sys.Errno;
import io.arbalest.overlay.DropReason;
import io.arbalest.overlay.FrameCount;
import io.arbalest.overlay.OverlayCounters;
import io.arbalest.overlay.Vtep;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final int EAGAIN = Errno.EAGAIN.number();

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment memory = arena.allocate(70_000);
  private final OverlayCounters counters = new OverlayCounters();
  private final SentDatagrams sent = new SentDatagrams();
  private final Batch batch = new Batch(arena, sent, counters);
  private final Peer peer = peer(4789);
  private final Peer other = peer(4790);

  @Test
  void shouldSendDatagramsOfOneSizeTogether() {
    add(100, 100, 100);
    assertThat(batch.flush()).isTrue();
    assertThat(sent.sizesOfSends).containsExactly(3);
    assertThat(counters.get(FrameCount.OUT_SENT)).isEqualTo(3);
    assertThat(counters.get(FrameCount.OUT_BYTES)).isEqualTo(3 * 92);
    assertThat(batch.isEmpty()).isTrue();
  }

  @Test
  void shouldTakeOneShorterDatagramAsTheLast() {
    add(100, 60);
    assertThat(batch.accepts(peer, 60)).as("after the tail").isFalse();
    batch.flush();
    assertThat(sent.datagrams).extracting(d -> d.length).containsExactly(100, 60);
  }

  @Test
  void shouldRefuseALongerDatagramAnotherVtepAndMoreThanOneSendHolds() {
    add(100);
    assertThat(batch.accepts(peer, 101)).isFalse();
    assertThat(batch.accepts(other, 100)).isFalse();
    for (int i = 1; i < UdpOptions.MAX_SEGMENTS; i++) {
      add(100);
    }
    assertThat(batch.accepts(peer, 100)).isFalse();
    batch.flush();
    add(30_000, 30_000);
    assertThat(batch.accepts(peer, 30_000)).isFalse();
  }

  @Test
  void shouldSendOneByOneAndRememberWhenTheKernelRefusesTheOffload() {
    for (Errno refusal : new Errno[] {Errno.EIO, Errno.EINVAL, Errno.EMSGSIZE}) {
      Peer fresh = peer(4789);
      sent.sizesOfSends.clear();
      sent.segmentedError = refusal.number();
      addTo(fresh, 100, 100, 40);
      assertThat(batch.flush()).isTrue();
      assertThat(sent.sizesOfSends).containsExactly(1, 1, 1);
      assertThat(fresh.offload()).isFalse();
      sent.segmentedError = 0;
      addTo(fresh, 100, 100);
      batch.flush();
      assertThat(sent.sizesOfSends).as("still one by one").hasSize(5);
    }
    assertThat(counters.get(FrameCount.OFFLOAD_GIVEN_UP)).isEqualTo(3);
    assertThat(counters.get(FrameCount.OUT_SENT)).isEqualTo(15);
  }

  @Test
  void shouldNeverAskForAnOffloadThatIsKnownToCorrupt() {
    Vtep vtep = Vtep.of(InetAddress.getLoopbackAddress(), 4789);
    addTo(new Peer(arena, vtep, new Way(UdpOptions.AF_INET, false)), 100, 100);
    batch.flush();
    assertThat(sent.sizesOfSends).containsExactly(1, 1);
  }

  @Test
  void shouldKeepEverythingWhileTheSocketIsFull() {
    sent.errors.add(EAGAIN);
    add(100, 100);
    assertThat(batch.flush()).isFalse();
    assertThat(batch.flush()).isTrue();
    assertThat(sent.sizesOfSends).containsExactly(2);
  }

  @Test
  void shouldGoOnWhereTheSocketWasFullAmongSingleDatagrams() {
    peer.giveUpOffload();
    sent.errors.add(0);
    sent.errors.add(EAGAIN);
    add(100, 100, 50);
    assertThat(batch.flush()).isFalse();
    assertThat(sent.datagrams).hasSize(1);
    assertThat(batch.flush()).isTrue();
    assertThat(sent.datagrams).extracting(d -> d.length).containsExactly(100, 100, 50);
    assertThat(counters.get(FrameCount.OUT_SENT)).isEqualTo(3);
  }

  @Test
  void shouldNameWhatWasLost() {
    lose(Errno.ENOBUFS, DropReason.NO_BUFFER);
    lose(Errno.ENETUNREACH, DropReason.UNREACHABLE);
    lose(Errno.EPERM, DropReason.SEND_REFUSED);
    sent.errors.add(Errno.EMSGSIZE.number());
    add(100);
    assertThat(batch.flush()).isTrue();
    assertThat(counters.get(DropReason.TOO_LONG)).as("alone").isEqualTo(1);
    assertThat(counters.get(FrameCount.OUT_SENT)).isZero();
  }

  private void lose(Errno errno, DropReason reason) {
    sent.errors.add(errno.number());
    add(100, 100);
    assertThat(batch.flush()).isTrue();
    assertThat(counters.get(reason)).isEqualTo(2);
    assertThat(batch.isEmpty()).isTrue();
  }

  private void add(int... lengths) {
    addTo(peer, lengths);
  }

  private void addTo(Peer to, int... lengths) {
    for (int length : lengths) {
      assertThat(batch.accepts(to, length)).isTrue();
      batch.add(to, memory.address(), length);
    }
  }

  private Peer peer(int port) {
    return new Peer(
        arena, Vtep.of(InetAddress.getLoopbackAddress(), port), new Way(UdpOptions.AF_INET, true));
  }
}
