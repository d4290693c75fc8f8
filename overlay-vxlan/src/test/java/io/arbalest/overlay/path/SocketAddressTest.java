package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SocketAddressTest {
  private final Arena arena = Arena.ofAuto();

  @Test
  void shouldLayOutIpv4AsTheKernelDoes() {
    assertThat(hex("192.0.2.1", UdpOptions.AF_INET)).isEqualTo("020012b5c00002010000000000000000");
  }

  @Test
  void shouldLayOutIpv6AsTheKernelDoes() {
    assertThat(hex("2001:db8::1", UdpOptions.AF_INET6))
        .isEqualTo("0a0012b50000000020010db800000000000000000000000100000000");
  }

  @Test
  void shouldMapIpv4ForAnIpv6Socket() {
    assertThat(hex("192.0.2.1", UdpOptions.AF_INET6))
        .isEqualTo("0a0012b50000000000000000000000000000ffffc000020100000000");
  }

  @Test
  void shouldReadAnAddressTheSameWhicheverSocketItCameThrough() {
    for (int family : new int[] {UdpOptions.AF_INET, UdpOptions.AF_INET6}) {
      MemorySegment name = encode("192.0.2.1", family);
      OuterAddress expected = OuterAddress.of(new InetSocketAddress("192.0.2.1", 1).getAddress());
      assertThat(SocketAddress.high(name)).isEqualTo(expected.high());
      assertThat(SocketAddress.low(name)).isEqualTo(expected.low());
    }
  }

  private MemorySegment encode(String ip, int family) {
    return SocketAddress.encode(arena, new InetSocketAddress(ip, 4789), family);
  }

  private String hex(String ip, int family) {
    return HexFormat.of().formatHex(encode(ip, family).toArray(ValueLayout.JAVA_BYTE));
  }
}
