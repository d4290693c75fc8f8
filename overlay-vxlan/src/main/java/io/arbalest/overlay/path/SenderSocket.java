package io.arbalest.overlay.path;

import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.Libc;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the sockets that an underlay address sends from. There are several, because the outer
 * source port tells flows apart for the receiver's GRO and for multipath routes.
 */
final class SenderSocket implements DatagramSender, EpollIoHandle {
  private final Fd fd;
  private final FileDescriptor descriptor;
  private final List<Runnable> waiting = new ArrayList<>();
  private @Nullable IoRegistration registration;

  SenderSocket(Fd fd) {
    this.fd = fd;
    descriptor = new FileDescriptor(fd.number());
  }

  void registered(IoRegistration with) {
    registration = with;
    with.submit(EpollIoOps.NONE);
  }

  @Override
  public int send(long message) {
    return Libc.sendmsg(fd.number(), message, UdpOptions.MSG_NOSIGNAL) < 0 ? Libc.errno() : 0;
  }

  /** Runs something once, when the socket takes datagrams again. */
  void whenWritable(Runnable resume) {
    waiting.add(resume);
    submit(EpollIoOps.EPOLLOUT);
  }

  @Override
  public void handle(IoRegistration with, IoEvent event) {
    submit(EpollIoOps.NONE);
    List<Runnable> now = List.copyOf(waiting);
    waiting.clear();
    now.forEach(Runnable::run);
  }

  private void submit(EpollIoOps ops) {
    IoRegistration with = registration;
    if (with != null) {
      with.submit(ops);
    }
  }

  @Override
  public FileDescriptor fd() {
    return descriptor;
  }

  @Override
  public void close() {
    IoRegistration with = registration;
    registration = null;
    if (with != null) {
      with.cancel();
    }
    fd.close();
  }
}
