package io.arbalest.linux.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.LinkKind;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TapKernelTest {
  private NetworkNamespace namespace;
  private Rtnetlink net;

  @BeforeEach
  void open() {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    namespace = NetworkNamespace.create();
    net = Rtnetlink.open(namespace);
  }

  @AfterEach
  void close() {
    if (namespace != null) {
      net.close();
      namespace.close();
    }
  }

  @Test
  void shouldBelongToTheNamespaceItWasOpenedInAndEndWithItsDescriptor() {
    try (Tap tap = Tap.open("up0", namespace)) {
      assertThat(tap.name()).isEqualTo("up0");
      Link link = net.links().get("up0");
      assertThat(link.kind()).isEqualTo(new LinkKind.Tun(true, true, false, false));
      assertThat(tap.offloads()).contains(Offload.CHECKSUM, Offload.TSO4, Offload.TSO6);
    }
    assertThat(net.links().find("up0")).isEmpty();
  }

  @Test
  void shouldLetTheKernelNumberIt() {
    try (Tap first = Tap.open("up%d", namespace);
        Tap second = Tap.open("up%d", namespace)) {
      assertThat(first.name()).isEqualTo("up0");
      assertThat(second.name()).isEqualTo("up1");
    }
  }

  @Test
  void shouldRefuseATakenNameAndAnImpossibleOne() {
    try (Tap tap = Tap.open("up0", namespace)) {
      assertThatThrownBy(() -> Tap.open(tap.name(), namespace))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
    }
    assertThatThrownBy(() -> Tap.open("sixteen-bytes-xx", namespace))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 15 bytes");
  }

  @Test
  void shouldMakeNothingAtAFailpoint() {
    try (Failpoint.Armed armed = Failpoint.arm("1:EPERM")) {
      assertThatThrownBy(() -> Tap.open("up0", namespace)).isInstanceOf(KernelException.class);
      assertThat(armed.hits()).containsExactly("TUNSETIFF up0");
    }
    assertThat(net.links().find("up0")).isEmpty();
  }

  @Test
  void shouldReadAndWriteFramesBehindTheirHeaders() {
    try (Tap tap = Tap.open("up0", namespace);
        Arena arena = Arena.ofConfined()) {
      Link link = net.links().get("up0");
      net.links().setUp(link.index());
      MemorySegment buffer = arena.allocate(70_000, 8);
      // The stack greets the new link with multicast listener reports or router solicitations.
      long length = readFrame(tap, buffer);
      assertThat(length).isGreaterThan(VnetHeader.LENGTH + 14);
      assertThat(VnetHeader.decode(buffer, 0)).isPresent();
      assertThat(buffer.get(ValueLayout.JAVA_BYTE, VnetHeader.LENGTH) & 1).isEqualTo(1);

      long before = net.links().get("up0").statistics().receivedPackets();
      buffer.fill((byte) 0);
      buffer.asSlice(VnetHeader.LENGTH, 6).fill((byte) 0xff);
      int frame = VnetHeader.LENGTH + 60;
      assertThat(Libc.write(tap.fd().number(), buffer.address(), frame)).isEqualTo(frame);
      assertThat(net.links().get("up0").statistics().receivedPackets()).isEqualTo(before + 1);
    }
  }

  private static long readFrame(Tap tap, MemorySegment buffer) {
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (System.nanoTime() < deadline) {
      long length = Libc.read(tap.fd().number(), buffer.address(), buffer.byteSize());
      if (length >= 0) {
        return length;
      }
      assertThat(Errno.of(Libc.errno())).isEqualTo(Errno.EAGAIN);
      Thread.onSpinWait();
    }
    return -1;
  }
}
