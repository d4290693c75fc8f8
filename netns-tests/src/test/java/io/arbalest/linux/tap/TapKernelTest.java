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
import io.arbalest.testing.Privileged;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Privileged
class TapKernelTest {
  private NetworkNamespace namespace;
  private Rtnetlink net;

  @BeforeEach
  void open() {
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
    try (Tap tap = namespace.call(() -> Tap.create("up0"))) {
      assertThat(tap.name()).isEqualTo("up0");
      Link link = net.links().get("up0");
      assertThat(link.kind()).isEqualTo(new LinkKind.Tun(true, true, false, false));
      assertThat(tap.enableOffloads())
          .contains(TapOffload.CHECKSUM, TapOffload.TSO4, TapOffload.TSO6);
    }
    assertThat(net.links().find("up0")).isEmpty();
  }

  @Test
  void shouldKeepAPersistentOneUntilToldOtherwise() {
    int index;
    try (Tap tap = namespace.call(() -> Tap.create("up0"))) {
      tap.setPersistent(true);
      index = net.links().get("up0").index();
    }
    assertThat(net.links().get("up0").kind()).isEqualTo(new LinkKind.Tun(true, true, true, false));
    try (Tap again = namespace.call(() -> Tap.attach("up0"))) {
      assertThat(net.links().get(again.name()).index()).isEqualTo(index);
      assertThatThrownBy(() -> namespace.call(() -> Tap.attach("up0")))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
      again.setPersistent(false);
    }
    assertThat(net.links().find("up0")).isEmpty();
  }

  @Test
  void shouldRefuseATakenNameAndAnImpossibleOne() {
    try (Tap tap = namespace.call(() -> Tap.create("up0"))) {
      assertThatThrownBy(() -> namespace.call(() -> Tap.create(tap.name())))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
    }
    assertThatThrownBy(() -> Tap.create("sixteen-bytes-xx"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 15 bytes");
  }

  @Test
  void shouldMakeNothingAtAFailpoint() {
    try (Failpoint.Armed armed = Failpoint.arm("1:EPERM")) {
      assertThatThrownBy(() -> namespace.call(() -> Tap.create("up0")))
          .isInstanceOf(KernelException.class);
      assertThat(armed.hits()).containsExactly("TUNSETIFF create up0");
    }
    assertThat(net.links().find("up0")).isEmpty();
  }

  @Test
  void shouldReadAndWriteFramesBehindTheirHeaders() {
    try (Tap tap = namespace.call(() -> Tap.create("up0"));
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
