package io.arbalest.linux.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
  private final MountTable table =
      new MountTable(
          List.of(
              "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
              "36 22 0:30 / /sys/fs/bpf rw,nosuid shared:9 master:2 - bpf bpf rw,mode=700",
              "40 22 0:31 / /run/a\\040b\\134pf rw - bpf bpf rw",
              "41 22 0:32 / /run/bpf rw - tmpfs bpf rw",
              "not a mount"));

  @Test
  void shouldFindAMountByPlaceAndType() {
    assertThat(table.isMounted(Path.of("/sys/fs/bpf"), "bpf")).isTrue();
    assertThat(table.isMounted(Path.of("/run/a b\\pf"), "bpf")).isTrue();
  }

  @Test
  void shouldNotTakeAFolderOrAnotherTypeForAMount() {
    assertThat(table.isMounted(Path.of("/sys/fs/bpf/below"), "bpf")).isFalse();
    assertThat(table.isMounted(Path.of("/run/bpf"), "bpf")).isFalse();
    assertThat(table.isMounted(Path.of("/sys/fs"), "bpf")).isFalse();
  }
}
