package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"net0", "a1b2", "web.prod12", "_x9", "e1000g0", "a0", "net10", "x_0"})
  void shouldAcceptIllumosNames(String name) {
    assertThat(new LinkName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "net", "net01", "net00", "0net0", "0", "7", "ne-t0", "net 0", "net0/", "../x0",
        "net0\n", "ünet0", "net٠", "a:0", "a0%d"
      })
  void shouldRefuseOthersAndSayWhatIsAllowed(String name) {
    assertThatThrownBy(() -> new LinkName(name))
        .isInstanceOf(InvalidNameException.class)
        .hasMessageStartingWith("invalid link name '")
        .hasMessageContaining("ends in a number without leading zero");
  }

  @Test
  void shouldKeepToLinuxLength() {
    assertThat(new LinkName("abcdefghijklmn0").text()).hasSize(LinkName.MAX_LENGTH);
    assertThatThrownBy(() -> new LinkName("abcdefghijklmno0"))
        .hasMessage("link name too long 'abcdefghijklmno0': at most 15 characters are allowed");
  }

  @Test
  void shouldNotRepeatControlCharacters() {
    assertThatThrownBy(() -> new LinkName("a\u001b[2Jb"))
        .hasMessageStartingWith("invalid link name 'a?[2Jb'");
  }
}
