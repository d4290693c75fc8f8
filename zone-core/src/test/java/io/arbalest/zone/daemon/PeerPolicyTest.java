package io.arbalest.zone.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerPolicyTest {
  private static final int GROUP = 54_321;
  private static final int USER = 4_242;
  private final int self = (int) ProcessHandle.current().pid();
  private Path namespace = Path.of("user:[0]");

  @BeforeEach
  void readOwnNamespace() throws IOException {
    namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/user"));
  }

  @Test
  void shouldWelcomeRootAndTheSocketsGroup() {
    PeerPolicy policy = new PeerPolicy(GROUP, namespace);
    assertThat(policy.refusal(self, 0)).isEmpty();
    assertThat(policy.refusal(self, USER, GROUP)).isEmpty();
  }

  @Test
  void shouldRefuseEverybodyElse() {
    PeerPolicy policy = new PeerPolicy(GROUP, namespace);
    assertThat(policy.refusal(self, USER, GROUP + 1))
        .contains("user 4242 is neither root nor of group 54321");
  }

  @Test
  void shouldRefuseEvenRootFromAnotherUserNamespace() {
    PeerPolicy policy = new PeerPolicy(GROUP, Path.of("user:[1]"));
    assertThat(policy.refusal(self, 0))
        .contains("process " + self + " lives in another user namespace");
  }

  @Test
  void shouldRefuseAPeerThatCannotBeLookedAt() {
    PeerPolicy policy = new PeerPolicy(GROUP, namespace);
    assertThat(policy.refusal(0, 0)).contains("process 0 cannot be looked at");
  }
}
