package io.arbalest.linux.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapSpecTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "ports", "fdb.v1", "A_9", "fifteen_letters"})
  void shouldTakeNamesThatTheKernelTakes(String name) {
    assertThat(new MapSpec(name, MapKind.HASH, 4, 4, 1).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a-b", "sixteen_letters_", "é", "a/b", "a\n"})
  void shouldRefuseNamesThatTheKernelWouldRefuseOrCut(String name) {
    assertThatThrownBy(() -> new MapSpec(name, MapKind.HASH, 4, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("map name '" + name + "': 1 to 15 letters");
  }

  @Test
  void shouldRefuseSizesThatTheKernelWouldRefuse() {
    assertThatThrownBy(() -> new MapSpec("m", MapKind.HASH, 0, 4, 1))
        .hasMessage("map m: key and value have at least 1 byte");
    assertThatThrownBy(() -> new MapSpec("m", MapKind.HASH, 4, 4, 0))
        .hasMessage("map m: it has at least 1 entry");
    assertThatThrownBy(() -> new MapSpec("m", MapKind.PERCPU_ARRAY, 8, 4, 1))
        .hasMessage("map m: the key of an array has 4 bytes");
    assertThatThrownBy(() -> new MapSpec("m", MapKind.LPM_TRIE, 4, 4, 1))
        .hasMessageContaining("4 bytes and then bits");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2048, 6000, 12288, -4096})
  void shouldRefuseARingThatIsNoPowerOfTwoOfPages(int bytes) {
    assertThatThrownBy(() -> MapSpec.ringBuffer("r", bytes))
        .hasMessage("map r: a ring buffer is a power of two of at least 4096 bytes");
  }

  @ParameterizedTest
  @EnumSource(MapKind.class)
  void shouldFindTheKindOfWhatItMade(MapKind kind) {
    assertThat(MapKind.of(kind.type(), kind.flags())).contains(kind);
  }

  @Test
  void shouldKnowNoKindForOtherTypes() {
    assertThat(MapKind.of(9, 0)).isEmpty();
  }
}
