package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"web", "db-1", "a", "0", "two-hosts.web", "a_b", "Global", "x."})
  void shouldAcceptIllumosNames(String name) {
    assertThat(new ZoneName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "-a", "_a", ".a", "a/b", "a b", "a\0", "a\n", "é", "a..b", "a\\b"})
  void shouldRefuseOthers(String name) {
    assertThatThrownBy(() -> new ZoneName(name))
        .isInstanceOf(InvalidNameException.class)
        .hasMessageStartingWith("Bogus zone name '");
  }

  @Test
  void shouldRefuseTheHostAndReservedNames() {
    assertThatThrownBy(() -> new ZoneName("global"))
        .hasMessage("Bogus zone name 'global': 'global' is the host itself");
    assertThatThrownBy(() -> new ZoneName("SUNWx")).hasMessageContaining("SUNW are reserved");
  }

  @Test
  void shouldAcceptAtMost63Characters() {
    assertThat(new ZoneName("z".repeat(63)).text()).hasSize(63);
    assertThatThrownBy(() -> new ZoneName("z".repeat(64))).hasMessageContaining("at most 63");
  }
}
