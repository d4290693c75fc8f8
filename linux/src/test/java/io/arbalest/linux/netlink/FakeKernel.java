package io.arbalest.linux.netlink;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.List;

/** Answers each request with the next prepared answers, numbered like the request. */
final class FakeKernel implements NetlinkTransport {
  static final int PORT = 4711;

  /** A datagram for a request, which is given as the datagram that was sent. */
  interface Answer {
    Datagram apply(Datagram request);
  }

  private final ArrayDeque<List<Answer>> answers = new ArrayDeque<>();
  private final ArrayDeque<Datagram> queue = new ArrayDeque<>();
  private NetlinkMessage request = new NetlinkMessage(0, 0, 0, 0, new byte[0]);
  private int requests;
  private boolean losing;

  /** Prepares what answers the next request. */
  FakeKernel answer(Answer... datagrams) {
    answers.add(List.of(datagrams));
    return this;
  }

  static Answer message(int type, int flags, byte[] body) {
    return d -> {
      int sequence = d.messages().getFirst().sequence();
      NetlinkMessage message = new NetlinkMessage(type, flags, sequence, PORT, body);
      return new Datagram(0, List.of(message), false);
    };
  }

  /** An acknowledgement that repeats only the header of the request. */
  static Answer ack(int errno, String words) {
    NetlinkWriter body = new NetlinkWriter().u32(-errno).bytes(new byte[NetlinkMessage.HEADER]);
    int attributes = 0;
    if (!words.isEmpty()) {
      body.putString(1, words).putU32(2, 36);
      attributes = NetlinkFlags.ACK_ATTRIBUTES;
    }
    return message(NetlinkFlags.ERROR, NetlinkFlags.CAPPED | attributes, body.toBytes());
  }

  static Answer done(int flags) {
    byte[] zero = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(0).array();
    return message(NetlinkFlags.DONE, flags, zero);
  }

  /** Lets the next receive report that datagrams were lost. */
  void loseNext() {
    losing = true;
  }

  NetlinkMessage lastRequest() {
    return request;
  }

  int requests() {
    return requests;
  }

  @Override
  public int port() {
    return PORT;
  }

  @Override
  public void send(byte[] datagram) {
    List<NetlinkMessage> sent = NetlinkMessage.decode(datagram);
    request = sent.getFirst();
    requests++;
    answers.remove().forEach(a -> queue.add(a.apply(new Datagram(PORT, sent, false))));
  }

  @Override
  public Datagram receive() {
    if (losing) {
      losing = false;
      throw new KernelException("receive AF_NETLINK", Errno.ENOBUFS);
    }
    return queue.remove();
  }

  @Override
  public void close() {
    queue.clear();
  }
}
