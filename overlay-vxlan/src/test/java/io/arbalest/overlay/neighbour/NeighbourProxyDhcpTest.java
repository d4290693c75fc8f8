package io.arbalest.overlay.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class NeighbourProxyDhcpTest {
  private static final String WEB = "2:8:20:0:0:a";
  private static final String DB = "2:8:20:0:0:14";
  private static final String SERVER = "2:8:20:0:0:1";

  private final FakeBook book = new FakeBook().dhcpProxy(WEB, SERVER);

  private ProxyVerdict examine(byte[] frame) {
    byte[] reply = new byte[NeighbourProxy.REPLY_CAPACITY];
    return NeighbourProxy.examine(MemorySegment.ofArray(frame), book, MemorySegment.ofArray(reply));
  }

  @Test
  void shouldSendADhcpRequestToTheSendersProxyAlone() {
    byte[] frame = Frames.dhcpDiscover(WEB);
    byte[] before = frame.clone();

    assertThat(examine(frame)).isEqualTo(ProxyVerdict.UNICAST);
    assertThat(Arrays.copyOf(frame, 6)).isEqualTo(Frames.mac(SERVER));
    assertThat(Arrays.copyOfRange(frame, 6, frame.length))
        .isEqualTo(Arrays.copyOfRange(before, 6, before.length));
  }

  @Test
  void shouldReplicateADhcpRequestOfASenderWithoutProxy() {
    assertThat(examine(Frames.dhcpDiscover(DB))).isEqualTo(ProxyVerdict.REPLICATE);
  }

  @Test
  void shouldReplicateWhatIsNotADhcpRequest() {
    byte[] request = Frames.dhcpDiscover(WEB);

    assertThat(examine(Frames.changed(request, 35, 67))).isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.changed(request, 37, 68))).isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.changed(request, 23, 6))).isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.changed(request, 21, 1))).isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.changed(request, 20, 0x20))).isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.changed(request, 14, 0x44))).isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.changed(request, 5, 0xfe))).isEqualTo(ProxyVerdict.REPLICATE);
    assertThat(examine(Frames.cut(request, 37))).isEqualTo(ProxyVerdict.REPLICATE);
  }
}
