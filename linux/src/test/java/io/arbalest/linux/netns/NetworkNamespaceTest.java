package io.arbalest.linux.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.sys.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkNamespaceTest {
  @Test
  void shouldOpenTheCurrentNamespace() throws IOException {
    try (NetworkNamespace current = NetworkNamespace.current();
        UserNamespace user = UserNamespace.current()) {
      String link = Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
      assertThat(current).hasToString(link);
      assertThat(user.inode()).isNotEqualTo(current.inode());
    }
  }

  @Test
  void shouldRefuseWhatIsNotANetworkNamespace(@TempDir Path dir) throws IOException {
    Path file = Files.createFile(dir.resolve("plain"));
    assertThatThrownBy(() -> NetworkNamespace.open(file))
        .isInstanceOf(NotANamespaceException.class)
        .hasMessage(file + " is not a network namespace");
    assertThatThrownBy(() -> NetworkNamespace.open(Path.of("/proc/self/ns/user")))
        .isInstanceOf(NotANamespaceException.class);
    assertThatThrownBy(() -> UserNamespace.open(Path.of("/proc/self/ns/net")))
        .isInstanceOf(NotANamespaceException.class)
        .hasMessageContaining("is not a user namespace");
    assertThatThrownBy(() -> NetworkNamespace.open(dir.resolve("none")))
        .isInstanceOf(KernelException.class);
  }

  @Test
  void shouldOnlyUnpinWhatMayBeAPin(@TempDir Path dir) throws IOException {
    assertThat(NetworkNamespace.unpin(dir.resolve("none"))).isFalse();
    assertThat(NetworkNamespace.isPinned(dir.resolve("none"))).isFalse();
    Path leftover = Files.createFile(dir.resolve("leftover"));
    assertThat(NetworkNamespace.isPinned(leftover)).isFalse();
    assertThat(NetworkNamespace.unpin(leftover)).isTrue();
    assertThat(leftover).doesNotExist();
    Path data = Files.writeString(dir.resolve("data"), "keep me");
    assertThatThrownBy(() -> NetworkNamespace.unpin(data))
        .isInstanceOf(NotANamespaceException.class);
    assertThat(data).hasContent("keep me");
  }
}
