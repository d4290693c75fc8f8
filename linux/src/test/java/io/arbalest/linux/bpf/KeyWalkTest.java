package io.arbalest.linux.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Walks over a map that behaves as the kernel's do: an unknown key is followed by the first. */
class KeyWalkTest {
  private final TreeSet<Byte> map = new TreeSet<>();

  private Optional<byte[]> next(Optional<byte[]> key) {
    boolean known = key.isPresent() && map.contains(key.get()[0]);
    Optional<Byte> found =
        known ? Optional.ofNullable(map.higher(key.get()[0])) : map.stream().findFirst();
    return found.map(b -> new byte[] {b});
  }

  private void fill(int keys) {
    for (byte b = 0; b < keys; b++) {
      map.add(b);
    }
  }

  @Test
  void shouldFindNothingInAnEmptyMap() {
    assertThat(KeyWalk.keys("walk", this::next)).isEmpty();
  }

  @Test
  void shouldFindEachKeyOnceThoughTheOneItStandsOnIsDeleted() {
    fill(5);
    assertThat(
            KeyWalk.keys(
                "walk",
                key -> {
                  key.filter(k -> k[0] == 3).ifPresent(k -> map.remove(k[0]));
                  return next(key);
                }))
        .containsExactly(
            new byte[] {0}, new byte[] {1}, new byte[] {2}, new byte[] {3}, new byte[] {4});
  }

  @Test
  void shouldGiveUpWhenItIsThrownBackForEver() {
    fill(5);
    assertThatThrownBy(() -> KeyWalk.keys("walk m", key -> next(Optional.empty())))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EAGAIN))
        .hasMessageStartingWith("walk m: keys are deleted faster");
  }

  @Test
  void shouldReachTheEndOfAMapThatIsLargerThanThePatienceForOneKey() {
    int keys = 5000;
    assertThat(
            KeyWalk.keys(
                "walk",
                key -> {
                  int after = key.map(k -> ((k[0] & 0xff) << 8) | (k[1] & 0xff)).orElse(-1) + 1;
                  return after < keys
                      ? Optional.of(new byte[] {(byte) (after >> 8), (byte) after})
                      : Optional.empty();
                }))
        .hasSize(keys);
  }
}
