package io.arbalest.antispoof.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Frames;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final byte[] PLAIN = Frames.own(0x0800, new byte[46]);

  @Test
  void shouldTakeTheFirstTagOffAsTheKernelDoes() {
    byte[] wire = Frames.own(0x8100, Frames.u16(0xf007, 0x0800), new byte[46]);
    Frame frame = Frame.received(wire);

    assertThat(frame.tag()).isEqualTo(Optional.of(new VlanTag(0x8100, 0xf007)));
    assertThat(frame.bytes()).isEqualTo(PLAIN);
    assertThat(frame.wire()).isEqualTo(wire);
  }

  @Test
  void shouldTakeOneTagOffOnly() {
    byte[] wire = Frames.own(0x88a8, Frames.u16(5, 0x8100, 7, 0x0800), new byte[46]);
    Frame frame = Frame.received(wire);

    assertThat(frame.tag()).isEqualTo(Optional.of(new VlanTag(0x88a8, 5)));
    assertThat(frame.bytes()).isEqualTo(Frames.own(0x8100, Frames.u16(7, 0x0800), new byte[46]));
  }

  @Test
  void shouldLeaveOtherFramesAsTheyAre() {
    byte[] cut = Frames.cut(Frames.own(0x8100, Frames.u16(7, 0x0800)), 17);

    assertThat(Frame.received(PLAIN).tagStripped()).isFalse();
    assertThat(Frame.received(PLAIN).wire()).isEqualTo(PLAIN);
    assertThat(Frame.received(cut).tagStripped()).isFalse();
    assertThat(Frame.received(cut).bytes()).isEqualTo(cut);
    assertThat(Frame.received(new byte[0]).bytes()).isEmpty();
  }
}
