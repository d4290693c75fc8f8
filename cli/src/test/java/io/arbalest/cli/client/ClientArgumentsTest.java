package io.arbalest.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ClientArgumentsTest {
  private static ClientArguments parse(String... words) {
    return ClientArguments.parse(List.of(words), "fallback");
  }

  @Test
  void shouldKeepWordsAndFallBackWhenNoHostIsNamed() {
    assertThat(parse("dladm", "show-link", "-s"))
        .isEqualTo(new ClientArguments("fallback", List.of("dladm", "show-link", "-s")));
  }

  @Test
  void shouldTakeHostFromAnyPlaceBeforeTheCommandOfAZone() {
    var wanted = new ClientArguments("beta", List.of("dladm", "show-link"));
    assertThat(parse("--host", "beta", "dladm", "show-link")).isEqualTo(wanted);
    assertThat(parse("dladm", "--host=beta", "show-link")).isEqualTo(wanted);
    assertThat(parse("dladm", "show-link", "--host", "beta")).isEqualTo(wanted);
  }

  @Test
  void shouldLeaveTheCommandOfAZoneAlone() {
    assertThat(parse("zlogin", "--host", "beta", "web", "curl", "--host", "x"))
        .isEqualTo(new ClientArguments("beta", List.of("zlogin", "web", "curl", "--host", "x")));
    assertThat(parse("dladm", "--", "--host", "x").argv())
        .containsExactly("dladm", "--", "--host", "x");
  }

  @Test
  void shouldRefuseHostWithoutValue() {
    assertThatThrownBy(() -> parse("dladm", "--host"))
        .isInstanceOf(ClientException.class)
        .hasMessage("option '--host' requires a value");
  }

  @Test
  void shouldAcceptNoWordsAtAll() {
    assertThat(parse()).isEqualTo(new ClientArguments("fallback", List.of()));
  }
}
