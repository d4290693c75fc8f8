package io.arbalest.overlay.path;

/** Takes datagrams for the underlay: a socket, or a test's recorder. */
@FunctionalInterface
interface DatagramSender {
  /**
   * One {@code sendmsg(2)} that does not block.
   *
   * @param message address of a {@code struct msghdr}
   * @return 0, or the error number
   */
  int send(long message);
}
