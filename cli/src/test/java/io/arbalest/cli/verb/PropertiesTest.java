package io.arbalest.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PropertiesTest {
  private static Map<String, List<String>> parse(String... lists) {
    return Properties.parse(List.of(lists), "invalid property");
  }

  @Test
  void shouldTellValuesFromProperties() {
    assertThat(parse("allowed-ips=10.0.0.5,fd00::1/64,mtu=1400,zone=web"))
        .containsExactly(
            Map.entry("allowed-ips", List.of("10.0.0.5", "fd00::1/64")),
            Map.entry("mtu", List.of("1400")),
            Map.entry("zone", List.of("web")));
  }

  @Test
  void shouldJoinSeveralLists() {
    assertThat(parse("a=1,2", "b=3")).isEqualTo(Map.of("a", List.of("1", "2"), "b", List.of("3")));
    assertThat(parse()).isEmpty();
  }

  @Test
  void shouldKeepAnEmptyValueAndFurtherEqualsSigns() {
    assertThat(parse("a=")).isEqualTo(Map.of("a", List.of("")));
    assertThat(parse("a=b=c")).isEqualTo(Map.of("a", List.of("b=c")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "=1", ",a=1", "a=1,=2", "a=1,a=2"})
  void shouldRefuseAMalformedList(String list) {
    assertThatThrownBy(() -> parse(list))
        .isInstanceOf(VerbException.class)
        .hasMessage("invalid property '" + list + "'");
  }
}
