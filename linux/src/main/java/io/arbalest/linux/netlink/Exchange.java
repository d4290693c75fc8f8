package io.arbalest.linux.netlink;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.util.ArrayList;
import java.util.List;

/** One request and the answers to it, out of everything that arrives at the socket. */
final class Exchange {
  private final NetlinkRequest request;
  private final int sequence;
  private final int port;
  private final List<NetlinkMessage> answers = new ArrayList<>();
  private boolean done;
  private boolean interrupted;
  private boolean cutOff;

  Exchange(NetlinkRequest request, int sequence, int port) {
    this.request = request;
    this.sequence = sequence;
    this.port = port;
  }

  /**
   * Takes a datagram. One that another process sent, and messages that answer somebody else or an
   * earlier request, are left aside.
   *
   * @throws KernelException if the kernel refused the request, or its answer was cut off
   */
  void accept(NetlinkTransport.Datagram datagram) {
    if (!datagram.isFromKernel()) {
      return;
    }
    cutOff |= datagram.truncated();
    for (NetlinkMessage message : datagram.messages()) {
      if (message.sequence() == sequence && message.port() == port) {
        accept(message);
      }
    }
  }

  private void accept(NetlinkMessage message) {
    interrupted |= message.hasFlag(NetlinkFlags.DUMP_INTERRUPTED) && !isAnswerToChange();
    switch (message.type()) {
      case NetlinkFlags.ERROR, NetlinkFlags.DONE -> finish(Acknowledgement.decode(message));
      case NetlinkFlags.NOOP -> {}
      default -> answers.add(message);
    }
  }

  private boolean isAnswerToChange() {
    return request.kind() != NetlinkRequest.Kind.DUMP;
  }

  private void finish(Acknowledgement acknowledgement) {
    done = true;
    if (acknowledgement.error() != 0) {
      throw new KernelException(
          request.what(), Errno.of(acknowledgement.error()), acknowledgement.detail());
    }
    if (cutOff) {
      throw new KernelException(request.what(), Errno.EMSGSIZE, "the kernel's answer was cut off");
    }
  }

  boolean isDone() {
    return done;
  }

  /** Whether the kernel said that its list changed while it wrote it. */
  boolean isInterrupted() {
    return interrupted;
  }

  List<NetlinkMessage> answers() {
    return List.copyOf(answers);
  }
}
