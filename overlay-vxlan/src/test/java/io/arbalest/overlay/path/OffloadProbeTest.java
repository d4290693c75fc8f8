package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffloadProbeTest {
  @Test
  void shouldAcceptWhatWasSentAndRefuseAnythingElse() {
    byte[] last = OffloadProbe.segment(3);
    assertThat(judge(last)).isEqualTo(OffloadProbe.Finding.SOUND);
    last[99] ^= 1;
    assertThat(judge(last)).isEqualTo(OffloadProbe.Finding.CORRUPT);
    assertThat(judge(new byte[99])).isEqualTo(OffloadProbe.Finding.CORRUPT);
    assertThat(OffloadProbe.judge(List.of())).isEqualTo(OffloadProbe.Finding.UNKNOWN);
  }

  @Test
  void shouldGetItsSegmentsBackOverTheLoopback() {
    assertThat(OffloadProbe.run(InetAddress.getLoopbackAddress()))
        .isEqualTo(OffloadProbe.Finding.SOUND);
  }

  @Test
  void shouldNotKnowWithoutTheAddress() throws Exception {
    InetAddress nobodys = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) 200});
    assertThat(OffloadProbe.run(nobodys)).isEqualTo(OffloadProbe.Finding.UNKNOWN);
  }

  private static OffloadProbe.Finding judge(byte[] last) {
    return OffloadProbe.judge(
        List.of(OffloadProbe.segment(0), OffloadProbe.segment(1), OffloadProbe.segment(2), last));
  }
}
