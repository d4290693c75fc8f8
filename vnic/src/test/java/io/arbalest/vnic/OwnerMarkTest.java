package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerMarkTest {
  private final OwnerMark mark = new OwnerMark("lab.alpha");

  @Test
  void shouldReadItsOwnMarksOnly() {
    VnicKey web = VnicKey.parse("web/net0");
    assertThat(mark.alias(web)).isEqualTo("arbalest:lab.alpha:vnic:web/net0");
    assertThat(mark.read(mark.alias(web))).contains(web);
    assertThat(mark.read(mark.alias(VnicKey.parse("net0")))).contains(VnicKey.parse("net0"));
    for (String other :
        List.of("", "uplink", "arbalest:lab:vnic:web/net0", "arbalest:lab.alpha:vnic:../net0")) {
      assertThat(mark.read(other)).isEmpty();
    }
  }

  @Test
  void shouldGiveEachInstanceGroupsOfItsOwn() {
    OwnerMark other = new OwnerMark("lab.beta");
    assertThat(List.of(mark.group(), mark.doomedGroup(), other.group(), other.doomedGroup()))
        .doesNotHaveDuplicates()
        .allMatch(group -> group >= 0x4000_0000);
    assertThat(new OwnerMark("lab.alpha").group()).isEqualTo(mark.group());
  }

  @Test
  void shouldRefuseAnInstanceThatWouldForgeAMark() {
    for (String bad : List.of("", "a:b", "a b", "a/b", "-a")) {
      assertThatThrownBy(() -> new OwnerMark(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
