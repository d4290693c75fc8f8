package io.arbalest.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunDirectoryTest {
  @TempDir Path folder;
  private RunDirectory run = new RunDirectory("");

  @BeforeEach
  void makeInstances() throws IOException {
    run = new RunDirectory(folder.toString());
    for (String instance : new String[] {"one.alpha", "one.beta", "two.alpha", "alpha2"}) {
      Files.createDirectory(folder.resolve(instance));
      Files.createFile(Path.of(run.socket(instance)));
    }
    Files.createDirectory(folder.resolve("dead.gamma"));
  }

  @Test
  void shouldMeanTheMachineWhenNothingIsNamed() {
    assertThat(run.resolve("")).isEqualTo("global");
    assertThat(run.resolve("global")).isEqualTo("global");
  }

  @Test
  void shouldResolveFullAndUniqueShortNames() {
    assertThat(run.resolve("two.alpha")).isEqualTo("two.alpha");
    assertThat(run.resolve("beta")).isEqualTo("one.beta");
    assertThat(run.resolve("alpha2")).isEqualTo("alpha2");
  }

  @Test
  void shouldNameTheCandidatesOfAnAmbiguousName() {
    assertThatThrownBy(() -> run.resolve("alpha"))
        .isInstanceOf(ClientException.class)
        .hasMessage("host 'alpha' is ambiguous: one.alpha, two.alpha");
  }

  @Test
  void shouldNameTheHostsWhenNoneMatches() {
    assertThatThrownBy(() -> run.resolve("gamma"))
        .isInstanceOf(ClientException.class)
        .hasMessage(
            "no host 'gamma'; the hosts here are: global, alpha2, one.alpha, one.beta, two.alpha");
  }

  @Test
  void shouldNotFollowAPathInAName() {
    assertThatThrownBy(() -> run.resolve("../" + folder.getFileName() + "/one.beta"))
        .isInstanceOf(ClientException.class)
        .hasMessageStartingWith("no host '../");
  }

  @Test
  void shouldKnowGlobalEvenWithoutAFolder() {
    assertThatThrownBy(() -> new RunDirectory(folder + "/missing").resolve("x"))
        .hasMessage("no host 'x'; the hosts here are: global");
  }
}
