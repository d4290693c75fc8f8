package io.arbalest.linux.bpf;

import static io.arbalest.linux.bpf.asm.Register.R0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.testing.Privileged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Privileged
class BpffsKernelTest {
  private static final MapSpec PORTS = new MapSpec("ports", MapKind.HASH, 4, 4, 8);
  private static final byte[] KEY = {1, 0, 0, 0};
  private static final byte[] VALUE = {9, 9, 9, 9};

  @TempDir private Path temp;
  private Bpffs pins = Bpffs.at(Path.of("/"));

  @BeforeEach
  void mount() {
    pins = Bpffs.mount(temp.resolve("a b\\pf"));
  }

  @AfterEach
  void unmount() {
    pins.unmount();
  }

  private static BpfProgram returning(int verdict) {
    return BpfProgram.load(new Assembler("verdict").mov(R0, verdict).exit().assemble(), Map.of());
  }

  private static int run(BpfProgram program) {
    return program.testRun(new byte[64]).verdict();
  }

  @Test
  void shouldMountOnceAndUnmountOnce() {
    try (BpfMap map = pins.map(PORTS)) {
      assertThat(Bpffs.mount(pins.directory()).names()).containsExactly("ports");
      assertThat(map.spec()).isEqualTo(PORTS);
    }
    pins.unmount();
    assertThat(pins.directory()).isEmptyDirectory();
    pins.unmount();
    assertThat(pins.directory()).isEmptyDirectory();
  }

  @Test
  void shouldLetNobodyElseIn() throws Exception {
    assertThat(Files.getPosixFilePermissions(pins.directory())).hasSize(3);
  }

  @Test
  void shouldKeepAMapThatEveryProcessHasClosed() {
    try (BpfMap map = pins.map(PORTS)) {
      map.update(KEY, VALUE);
    }
    try (BpfMap map = pins.map(PORTS)) {
      assertThat(map.lookup(KEY)).contains(VALUE);
    }
  }

  @Test
  void shouldKeepAProgramThatEveryProcessHasClosed() {
    try (BpfProgram program = returning(7)) {
      pins.pin(program);
    }
    try (BpfProgram program = pins.program("verdict")) {
      assertThat(run(program)).isEqualTo(7);
    }
  }

  @Test
  void shouldReplaceAPinnedProgram() {
    try (BpfProgram first = returning(1);
        BpfProgram second = returning(2)) {
      pins.pin(first);
      pins.pin(second);
    }
    assertThat(pins.names()).containsExactly("verdict");
    try (BpfProgram program = pins.program("verdict")) {
      assertThat(run(program)).isEqualTo(2);
    }
  }

  @Test
  void shouldReplaceAProgramThatAKilledProcessWasPinning() {
    try (BpfProgram first = returning(1);
        BpfProgram second = returning(2)) {
      first.pin(pins.directory().resolve("verdict~next"));
      assertThat(pins.names()).isEmpty();
      pins.pin(second);
      assertThat(pins.contains("verdict")).isTrue();
    }
  }

  @Test
  void shouldRefuseAMapOfAnotherShape() {
    pins.map(PORTS).close();
    MapSpec wider = new MapSpec("ports", MapKind.HASH, 4, 8, 8);
    assertThatThrownBy(() -> pins.map(wider))
        .isInstanceOf(MapMismatchException.class)
        .hasMessageContaining("valueSize=4")
        .hasMessageContaining("wanted is MapSpec[name=ports, kind=HASH, keySize=4, valueSize=8");
  }

  @Test
  void shouldCloseTheOtherMapsWhenOneDoesNotFit() {
    pins.map(PORTS).close();
    MapSpec other = new MapSpec("other", MapKind.HASH, 4, 4, 8);
    MapSpec wider = new MapSpec("ports", MapKind.HASH, 4, 8, 8);
    assertThatThrownBy(() -> BpfObjects.open(pins, List.of(other, wider)))
        .isInstanceOf(MapMismatchException.class);
  }

  @Test
  void shouldNotTakeAMapForAProgram() {
    pins.map(PORTS).close();
    assertThatThrownBy(() -> pins.program("ports"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bpf-map, not as bpf-prog");
  }

  @Test
  void shouldSayWhatIsNotThere() {
    assertThatThrownBy(() -> pins.program("nothing"))
        .isInstanceOfSatisfying(
            KernelException.class,
            e -> {
              assertThat(e.errno()).isEqualTo(Errno.ENOENT);
              assertThat(e.call()).contains("BPF_OBJ_GET").endsWith("/nothing");
            });
    assertThat(pins.remove("nothing")).isFalse();
  }

  @Test
  void shouldRemoveAPin() {
    pins.map(PORTS).close();
    assertThat(pins.remove("ports")).isTrue();
    assertThat(pins.names()).isEmpty();
  }

  @Test
  void shouldRefuseNamesThatLeaveTheDirectory() {
    assertThatThrownBy(() -> pins.path("../ports")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> pins.path("a.b")).hasMessageContaining("1 to 64 letters");
  }
}
