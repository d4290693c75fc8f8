package io.arbalest.linux.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Privileged
class NetworkNamespaceKernelTest {
  @Test
  void shouldRunATaskInsideAndLeaveTheCallerOutside() throws IOException {
    try (NetworkNamespace before = NetworkNamespace.current();
        NetworkNamespace made = NetworkNamespace.create()) {
      assertThat(made.inode()).isNotEqualTo(before.inode());
      long inside = made.call(() -> inodeOfCurrent());
      assertThat(inside).isEqualTo(made.inode());
      assertThat(inodeOfCurrent()).isEqualTo(before.inode());
      Path devices = Path.of("/proc/thread-self/net/dev");
      assertThat(made.call(() -> Files.readAllLines(devices)))
          .hasSize(3)
          .last(InstanceOfAssertFactories.STRING)
          .contains("lo:");
      try (UserNamespace owner = made.owner();
          UserNamespace mine = UserNamespace.current()) {
        assertThat(owner.inode()).isEqualTo(mine.inode());
      }
    }
  }

  @Test
  void shouldPinOpenAndUnpin(@TempDir Path dir) {
    Path pin = dir.resolve("deeper/web");
    try (NetworkNamespace made = NetworkNamespace.create()) {
      made.pin(pin);
      assertThat(NetworkNamespace.isPinned(pin)).isTrue();
      try (NetworkNamespace opened = NetworkNamespace.open(pin)) {
        assertThat(opened.inode()).isEqualTo(made.inode());
      }
      assertThatThrownBy(() -> made.pin(pin))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
      assertThat(NetworkNamespace.unpin(pin)).isTrue();
      assertThat(pin).doesNotExist();
      assertThat(NetworkNamespace.unpin(pin)).isFalse();
    }
  }

  @Test
  void shouldPinWhereIpNetnsLooks() throws IOException {
    String name = "arbalest-kt-" + ProcessHandle.current().pid();
    Path pin = PinDirectory.RUN_NETNS.resolve(name);
    boolean wasThere = Files.exists(PinDirectory.RUN_NETNS);
    try (NetworkNamespace made = NetworkNamespace.create()) {
      made.pin(pin);
      try {
        assertThat(mountOf(PinDirectory.RUN_NETNS)).contains("shared:");
        assertThat(mountOf(pin)).contains("net:[" + made.inode() + "]");
      } finally {
        NetworkNamespace.unpin(pin);
      }
    }
    if (!wasThere) {
      assertThat(PinDirectory.removeIfEmpty()).isTrue();
      assertThat(PinDirectory.RUN_NETNS).doesNotExist();
    }
  }

  @Test
  void shouldLeaveNothingWhenTheMountFails(@TempDir Path dir) {
    Path pin = dir.resolve("web");
    try (NetworkNamespace made = NetworkNamespace.create();
        Failpoint.Armed armed = Failpoint.arm("2:EPERM")) {
      assertThatThrownBy(() -> made.pin(pin)).isInstanceOf(KernelException.class);
      assertThat(armed.hits()).containsExactly("create " + pin, "mount " + pin);
      assertThat(pin).doesNotExist();
    }
  }

  @Test
  void shouldGiveAZoneItsOwnUserNamespace(@TempDir Path dir) throws IOException {
    try (StackNamespaces zone = StackNamespaces.create(new UidRange(1_000_000, 65_536));
        UserNamespace owner = zone.network().owner();
        UserNamespace mine = UserNamespace.current()) {
      assertThat(owner.inode()).isEqualTo(zone.user().inode()).isNotEqualTo(mine.inode());
      assertThat(zone.network().call(() -> InetAddress.getLoopbackAddress().isLoopbackAddress()))
          .isTrue();
      zone.pin(dir.resolve("net"), dir.resolve("user"));
      try (UserNamespace opened = UserNamespace.open(dir.resolve("user"))) {
        assertThat(opened.inode()).isEqualTo(zone.user().inode());
      }
      assertThat(NetworkNamespace.unpin(dir.resolve("net"))).isTrue();
      assertThat(UserNamespace.unpin(dir.resolve("user"))).isTrue();
    }
    assertThat(children()).isEmpty();
  }

  @Test
  void shouldPinBothOrNeither(@TempDir Path dir) throws IOException {
    Path taken = Files.createFile(dir.resolve("net"));
    try (StackNamespaces zone = StackNamespaces.create(new UidRange(1_000_000, 1))) {
      assertThatThrownBy(() -> zone.pin(taken, dir.resolve("user")))
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("EEXIST");
      assertThat(dir.resolve("user")).doesNotExist();
      assertThat(taken).exists();
    }
  }

  @Test
  void shouldLeaveNoChildAndNoDescriptorWhenMakingAZoneFails() throws IOException {
    long before = descriptors();
    for (int step = 1; step <= 3; step++) {
      try (Failpoint.Armed armed = Failpoint.arm(step + ":EPERM")) {
        assertThatThrownBy(() -> StackNamespaces.create(new UidRange(1_000_000, 1)))
            .isInstanceOf(KernelException.class);
        assertThat(armed.hits()).hasSize(step);
      }
    }
    assertThat(children()).isEmpty();
    assertThat(descriptors()).isEqualTo(before);
  }

  private static long inodeOfCurrent() {
    try (NetworkNamespace current = NetworkNamespace.current()) {
      return current.inode();
    }
  }

  private static String mountOf(Path path) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> line.split(" ", -1)[4].equals(path.toString()))
        .findFirst()
        .orElse("");
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current().children().toList();
  }

  private static long descriptors() throws IOException {
    try (var list = Files.list(Path.of("/proc/self/fd"))) {
      return list.count();
    }
  }
}
