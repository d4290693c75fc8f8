package io.arbalest.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceTest {
  @Test
  void shouldLieWhereTheSystemExpectsIt() {
    Instance global = Instance.of(InstanceName.GLOBAL, Map.of());
    assertThat(global.state()).isEqualTo(Path.of("/var/lib/arbalest/global"));
    assertThat(global.controlSocket()).isEqualTo(Path.of("/run/arbalest/global/control.sock"));
    assertThat(global.netnsPin("web")).isEqualTo(Path.of("/run/netns/web"));
  }

  @Test
  void shouldLieWhereTheEnvironmentSaysAndPinWithTheLabsName() {
    Instance alpha =
        Instance.of(
            InstanceName.of("two-hosts", "alpha"),
            Map.of("ARBALEST_STATE", "/tmp/s", "ARBALEST_RUN", "/tmp/r"));
    assertThat(alpha.state()).isEqualTo(Path.of("/tmp/s/two-hosts.alpha"));
    assertThat(alpha.bpffs()).isEqualTo(Path.of("/tmp/r/two-hosts.alpha/bpf"));
    assertThat(alpha.netnsPin("web")).isEqualTo(Path.of("/run/netns/two-hosts.web"));
    assertThat(alpha.name().shortName()).isEqualTo("alpha");
    assertThat(alpha.name().lab()).contains("two-hosts");
    assertThat(InstanceName.GLOBAL.shortName()).isEqualTo("global");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "a.b.c", ".a", "a.", "Global", "1a", "a b", "a\n"})
  void shouldRefuseNamesThatAreNotPlain(String name) {
    assertThatThrownBy(() -> new InstanceName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'")
        .hasMessageContaining("must be");
  }

  @Test
  void shouldRefuseRelativePathsAndSocketsTheKernelCannotName() {
    assertThatThrownBy(
            () -> Instance.of(InstanceName.GLOBAL, Map.of("ARBALEST_STATE", "relative/state")))
        .hasMessageContaining("relative/state");
    assertThatThrownBy(
            () -> Instance.of(InstanceName.GLOBAL, Map.of("ARBALEST_RUN", "/" + "r".repeat(100))))
        .hasMessageContaining("107");
  }
}
