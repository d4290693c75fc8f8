package io.arbalest.linux.netlink;

import static io.arbalest.linux.netlink.FakeKernel.ack;
import static io.arbalest.linux.netlink.FakeKernel.done;
import static io.arbalest.linux.netlink.FakeKernel.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.netlink.NetlinkTransport.Datagram;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetlinkSocketTest {
  private static final int TYPE = 20;

  private final FakeKernel kernel = new FakeKernel();
  private final NetlinkSocket socket = new NetlinkSocket(kernel);

  private static NetlinkRequest change() {
    return NetlinkRequest.change(
        "RTM_NEWADDR net0", TYPE, NetlinkFlags.CREATE, new NetlinkWriter().u32(1));
  }

  private static NetlinkRequest dump() {
    return NetlinkRequest.dump("RTM_GETADDR", 22, new NetlinkWriter().u32(0));
  }

  private static FakeKernel.Answer item(int flags, int value) {
    return message(TYPE, flags, new byte[] {(byte) value});
  }

  @Test
  void shouldAskForAnAcknowledgementAndTakeIt() {
    kernel.answer(ack(0, ""));
    assertThat(socket.execute(change())).isEmpty();
    assertThat(kernel.lastRequest().flags())
        .isEqualTo(NetlinkFlags.REQUEST | NetlinkFlags.ACK | NetlinkFlags.CREATE);
    assertThat(kernel.lastRequest().sequence()).isEqualTo(1);
  }

  @Test
  void shouldHandOverTheKernelsWords() {
    kernel.answer(ack(22, "Invalid prefix for given prefix length"));
    assertThatThrownBy(() -> socket.execute(change()))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
        .hasMessage(
            "RTM_NEWADDR net0: Invalid prefix for given prefix length (attribute at byte 36 of the"
                + " request): Invalid argument (EINVAL)");
  }

  @Test
  void shouldReadTheWordsBehindARequestThatIsRepeatedWhole() {
    NetlinkWriter body = new NetlinkWriter().u32(-17).u32(24).bytes(new byte[20]);
    body.putString(1, "already there");
    kernel.answer(message(NetlinkFlags.ERROR, NetlinkFlags.ACK_ATTRIBUTES, body.toBytes()));
    assertThatThrownBy(() -> socket.execute(change())).hasMessageContaining("already there");
  }

  @Test
  void shouldCollectADumpUntilItsEnd() {
    kernel.answer(item(2, 1), item(2, 2), done(2));
    assertThat(socket.execute(dump()))
        .extracting(m -> m.body().get(0))
        .containsExactly((byte) 1, (byte) 2);
    assertThat(kernel.lastRequest().flags()).isEqualTo(NetlinkFlags.REQUEST | NetlinkFlags.DUMP);
  }

  @Test
  void shouldReportAnErrorAtTheEndOfADump() {
    byte[] body = new NetlinkWriter().u32(-95).putString(1, "not for this family").toBytes();
    kernel.answer(message(NetlinkFlags.DONE, NetlinkFlags.ACK_ATTRIBUTES | 2, body));
    assertThatThrownBy(() -> socket.execute(dump()))
        .hasMessage("RTM_GETADDR: not for this family: Operation not supported (ENOTSUP)");
  }

  @Test
  void shouldLeaveStrangersAndLateAnswersAside() {
    FakeKernel.Answer forged = d -> new Datagram(99, ack(1, "").apply(d).messages(), false);
    FakeKernel.Answer late =
        d ->
            new Datagram(
                0, List.of(new NetlinkMessage(2, 0, -5, FakeKernel.PORT, new byte[20])), false);
    FakeKernel.Answer otherPort =
        d -> new Datagram(0, List.of(new NetlinkMessage(2, 0, 1, 5, new byte[20])), false);
    kernel.answer(forged, late, otherPort, item(0, 9), ack(0, ""));
    assertThat(socket.execute(NetlinkRequest.get("RTM_GETADDR", 22, new NetlinkWriter())))
        .hasSize(1);
  }

  @Test
  void shouldRepeatAnInterruptedDumpAndBelieveTheQuietOne() {
    kernel.answer(item(NetlinkFlags.DUMP_INTERRUPTED, 1), done(2));
    kernel.answer(item(2, 1), done(NetlinkFlags.DUMP_INTERRUPTED));
    kernel.answer(item(2, 3), done(2));
    assertThat(socket.execute(dump())).extracting(m -> m.body().get(0)).containsExactly((byte) 3);
    assertThat(kernel.requests()).isEqualTo(3);
  }

  @Test
  void shouldGiveUpAfterFiveInterruptedDumps() {
    for (int i = 0; i < 5; i++) {
      kernel.answer(item(NetlinkFlags.DUMP_INTERRUPTED, 1), done(2));
    }
    assertThatThrownBy(() -> socket.execute(dump()))
        .isInstanceOf(DumpInterruptedException.class)
        .hasMessageContaining("5 readings");
    assertThat(kernel.requests()).isEqualTo(5);
  }

  @Test
  void shouldRepeatADumpWhoseAnswersWereLostButNeverAChange() {
    kernel.answer(item(2, 1), done(2));
    kernel.answer(item(2, 1), done(2));
    kernel.loseNext();
    assertThat(socket.execute(dump())).hasSize(1);
    kernel.answer(ack(0, ""));
    kernel.loseNext();
    assertThatThrownBy(() -> socket.execute(change())).hasMessageContaining("ENOBUFS");
    assertThat(kernel.requests()).isEqualTo(3);
  }

  @Test
  void shouldReportAnAnswerThatWasCutOff() {
    kernel.answer(d -> new Datagram(0, item(2, 1).apply(d).messages(), true), done(2));
    assertThatThrownBy(() -> socket.execute(dump()))
        .hasMessage("RTM_GETADDR: the kernel's answer was cut off: Message too long (EMSGSIZE)");
  }

  @Test
  void shouldFailBeforeSendingAtAFailpoint() {
    try (Failpoint.Armed armed = Failpoint.arm("1:EPERM")) {
      assertThatThrownBy(() -> socket.execute(change())).hasMessageContaining("EPERM");
      assertThat(armed.hits()).containsExactly("RTM_NEWADDR net0");
    }
    assertThat(kernel.requests()).isZero();
  }
}
