package io.arbalest.linux.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.testing.Privileged;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Privileged
class BpfMapKernelTest {
  private static byte[] word(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
  }

  private static byte[] counters(long... values) {
    ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(ByteOrder.nativeOrder());
    Arrays.stream(values).forEach(out::putLong);
    return out.array();
  }

  private static void assertRefused(Runnable call, Errno errno) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(KernelException.class, e -> assertThat(e.errno()).isEqualTo(errno));
  }

  @ParameterizedTest
  @EnumSource(
      value = MapKind.class,
      names = {"HASH", "HASH_SPARSE"})
  void shouldKeepUpdateAndDeleteEntriesOfAHash(MapKind kind) {
    try (BpfMap map = BpfMap.create(new MapSpec("hash", kind, 4, 3, 8))) {
      assertThat(map.lookup(word(1))).isEmpty();
      map.update(word(1), new byte[] {1, 2, 3});
      assertThat(map.lookup(word(1))).contains(new byte[] {1, 2, 3});
      assertRefused(() -> map.update(word(1), new byte[3], UpdateMode.CREATE), Errno.EEXIST);
      assertRefused(() -> map.update(word(2), new byte[3], UpdateMode.REPLACE), Errno.ENOENT);
      map.update(word(1), new byte[] {4, 5, 6}, UpdateMode.REPLACE);
      assertThat(map.lookup(word(1))).contains(new byte[] {4, 5, 6});
      assertThat(map.delete(word(1))).isTrue();
      assertThat(map.delete(word(1))).isFalse();
      assertThat(map.lookup(word(1))).isEmpty();
    }
  }

  @Test
  void shouldSayThatAHashIsFull() {
    try (BpfMap map = BpfMap.create(new MapSpec("full", MapKind.HASH, 4, 4, 2))) {
      map.update(word(1), word(1));
      map.update(word(2), word(2));
      assertRefused(() -> map.update(word(3), word(3)), Errno.E2BIG);
    }
  }

  @Test
  void shouldHaveEveryEntryOfAnArray() {
    try (BpfMap map = BpfMap.create(new MapSpec("array", MapKind.ARRAY, 4, 8, 3))) {
      assertThat(map.lookup(word(2))).contains(counters(0));
      map.update(word(2), counters(77));
      assertThat(map.sums(word(2))).containsExactly(77);
      assertThat(map.keys()).containsExactly(word(0), word(1), word(2));
      assertThat(map.lookup(word(3))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MapKind.class,
      names = {"PERCPU_HASH", "PERCPU_HASH_SPARSE", "PERCPU_ARRAY"})
  void shouldKeepAValueForEachCpu(MapKind kind) {
    int cpus = PossibleCpus.count();
    try (BpfMap map = BpfMap.create(new MapSpec("percpu", kind, 4, 16, 2))) {
      map.update(word(1), counters(3, 5));
      assertThat(map.lookupPerCpu(word(1))).hasSize(cpus).containsOnly(counters(3, 5));
      assertThat(map.sums(word(1))).containsExactly(3L * cpus, 5L * cpus);
      assertThatThrownBy(() -> map.lookup(word(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("map percpu: each CPU has a value of its own, use lookupPerCpu");
    }
  }

  @Test
  void shouldCutThePaddingOffTheValueOfEachCpu() {
    try (BpfMap map = BpfMap.create(new MapSpec("odd", MapKind.PERCPU_ARRAY, 4, 5, 1))) {
      byte[] value = {1, 2, 3, 4, 5};
      map.update(word(0), value);
      assertThat(map.lookupPerCpu(word(0))).isNotEmpty().containsOnly(value);
      assertThatThrownBy(() -> map.sums(word(0))).hasMessageContaining("64-bit counters");
    }
  }

  @Test
  void shouldSumToZeroWhereThereIsNoEntry() {
    try (BpfMap map = BpfMap.create(new MapSpec("sums", MapKind.PERCPU_HASH, 4, 16, 2))) {
      assertThat(map.sums(word(9))).containsExactly(0, 0);
      assertThat(map.lookupPerCpu(word(9))).isEmpty();
    }
  }

  @Test
  void shouldFindTheLongestPrefix() {
    try (BpfMap map = BpfMap.create(new MapSpec("trie", MapKind.LPM_TRIE, 8, 4, 8))) {
      map.update(prefix(8, 10, 0, 0, 0), word(8));
      map.update(prefix(24, 10, 42, 0, 0), word(24));
      assertThat(map.lookup(prefix(32, 10, 42, 0, 9))).contains(word(24));
      assertThat(map.lookup(prefix(32, 10, 43, 0, 9))).contains(word(8));
      assertThat(map.lookup(prefix(32, 11, 0, 0, 1))).isEmpty();
      assertThat(map.keys()).hasSize(2);
      assertThat(map.clear()).isEqualTo(2);
      assertThat(map.keys()).isEmpty();
    }
  }

  private static byte[] prefix(int length, int a, int b, int c, int d) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.nativeOrder())
        .putInt(length)
        .put((byte) a)
        .put((byte) b)
        .put((byte) c)
        .put((byte) d)
        .array();
  }

  @Test
  void shouldWalkEveryKeyThatStaysWhileOthersAreDeleted() throws InterruptedException {
    int staying = 500;
    Set<ByteBuffer> stay = new HashSet<>();
    try (BpfMap map = BpfMap.create(new MapSpec("walk", MapKind.HASH, 4, 4, 8192))) {
      for (int i = 0; i < staying; i++) {
        map.update(word(i), word(i));
        stay.add(ByteBuffer.wrap(word(i)));
      }
      try (BpfMap other = BpfMap.open(map.info().id()).orElseThrow()) {
        Thread churn = Thread.ofPlatform().start(() -> churn(other, staying));
        for (int round = 0; round < 50; round++) {
          Set<ByteBuffer> keys = new HashSet<>();
          List<byte[]> walked = map.keys();
          walked.forEach(key -> keys.add(ByteBuffer.wrap(key)));
          assertThat(keys).hasSameSizeAs(walked);
          assertThat(keys.containsAll(stay)).isTrue();
        }
        churn.interrupt();
        churn.join();
      }
    }
  }

  /** Many keys at a time, so that the walk stands on one when it goes. */
  private static void churn(BpfMap map, int from) {
    while (!Thread.currentThread().isInterrupted()) {
      for (int i = from; i < from + 2000; i++) {
        map.update(word(i), word(i));
      }
      for (int i = from; i < from + 2000; i++) {
        map.delete(word(i));
      }
    }
  }

  @Test
  void shouldVisitEachEntryOnce() {
    try (BpfMap map = BpfMap.create(new MapSpec("each", MapKind.HASH, 4, 4, 8))) {
      map.update(word(1), word(10));
      map.update(word(2), word(20));
      Set<List<ByteBuffer>> seen = new HashSet<>();
      map.forEach((k, v) -> seen.add(List.of(ByteBuffer.wrap(k), ByteBuffer.wrap(v))));
      assertThat(seen)
          .containsExactlyInAnyOrder(
              List.of(ByteBuffer.wrap(word(1)), ByteBuffer.wrap(word(10))),
              List.of(ByteBuffer.wrap(word(2)), ByteBuffer.wrap(word(20))));
    }
  }

  @Test
  void shouldRefuseSizesThatAreNotTheMaps() {
    try (BpfMap map = BpfMap.create(new MapSpec("sizes", MapKind.HASH, 4, 4, 2))) {
      assertThatThrownBy(() -> map.update(new byte[3], word(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("map sizes: key has 3 bytes, 4 are needed");
      assertThatThrownBy(() -> map.update(word(1), new byte[8]))
          .hasMessage("map sizes: value has 8 bytes, 4 are needed");
    }
  }

  @Test
  void shouldTellItsShapeWhenOpenedById() {
    MapSpec spec = new MapSpec("shape.x", MapKind.PERCPU_HASH_SPARSE, 12, 24, 7);
    try (BpfMap map = BpfMap.create(spec)) {
      try (BpfMap again = BpfMap.open(map.info().id()).orElseThrow()) {
        assertThat(again.spec()).isEqualTo(spec);
      }
      assertThat(BpfInventory.maps()).contains(map.info());
    }
    assertThat(BpfMap.open(Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void shouldNotReachADescriptorAfterClose() {
    BpfMap map = BpfMap.create(new MapSpec("closed", MapKind.HASH, 4, 4, 2));
    map.close();
    assertThatThrownBy(() -> map.lookup(word(1))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldPassFailpointsBeforeEachChange() {
    try (Failpoint.Armed armed = Failpoint.arm("2:EPERM");
        BpfMap map = BpfMap.create(new MapSpec("points", MapKind.HASH, 4, 4, 2))) {
      assertRefused(() -> map.update(word(1), word(1)), Errno.EPERM);
      assertThat(map.lookup(word(1))).isEmpty();
      assertThat(map.delete(word(1))).isFalse();
      assertThat(armed.hits())
          .containsExactly(
              "BPF_MAP_CREATE points", "BPF_MAP_UPDATE_ELEM points", "BPF_MAP_DELETE_ELEM points");
    }
  }
}
