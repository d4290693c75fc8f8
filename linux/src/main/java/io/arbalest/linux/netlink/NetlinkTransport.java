package io.arbalest.linux.netlink;

import java.util.List;

/** Datagrams to and from a netlink family; the socket's half that a test can play. */
interface NetlinkTransport extends AutoCloseable {
  /** The address that the kernel gave this socket. */
  int port();

  void send(byte[] datagram);

  /**
   * Waits for the next datagram.
   *
   * @throws io.arbalest.linux.sys.KernelException ENOBUFS if datagrams were lost, EAGAIN after the
   *     time limit
   */
  Datagram receive();

  @Override
  void close();

  /**
   * A datagram.
   *
   * @param sender 0 for the kernel; any process may send to a netlink socket
   * @param truncated whether its end did not fit
   */
  record Datagram(int sender, List<NetlinkMessage> messages, boolean truncated) {
    boolean isFromKernel() {
      return sender == 0;
    }
  }
}
