package io.arbalest.overlay.path;

import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One local address and port with its sockets: a listener, and the senders of that address. */
final class Underlay {
  private static final Logger LOG = LoggerFactory.getLogger(Underlay.class);

  /** Outer source ports, and so flows that can travel beside each other without mixing. */
  private static final int SENDERS = 8;

  private final InetSocketAddress local;
  private final Arena arena = Arena.ofShared();
  private final UdpListener listener;
  private final IoRegistration listening;
  private final List<SenderSocket> senders = new ArrayList<>();
  private final Way way;
  private int ports;

  /**
   * Opens the sockets in the calling thread's namespace.
   *
   * @throws KernelException such as EADDRINUSE or EADDRNOTAVAIL
   */
  Underlay(IoEventLoop loop, InetSocketAddress local, HotPollers hot) {
    this.local = local;
    List<Fd> opened = open(local);
    way = new Way(SocketAddress.family(local.getAddress()), mayOffload(local));
    listener = new UdpListener(opened.getFirst(), arena, hot);
    listening = register(loop, listener);
    for (Fd fd : opened.subList(1, opened.size())) {
      SenderSocket sender = new SenderSocket(fd);
      senders.add(sender);
      sender.registered(register(loop, sender));
    }
  }

  /**
   * Reads what comes from now on; harmless if it does already. Called once the first overlay has
   * joined, so that what waits at the socket for it is not taken for a stranger's.
   */
  void listen() {
    listening.submit(EpollIoOps.EPOLLIN);
  }

  private static boolean mayOffload(InetSocketAddress local) {
    boolean corrupt = OffloadProbe.run(local.getAddress()) == OffloadProbe.Finding.CORRUPT;
    if (corrupt) {
      LOG.warn("this kernel corrupts UDP_SEGMENT sends; frames from {} go one by one", local);
    }
    return !corrupt;
  }

  private static List<Fd> open(InetSocketAddress local) {
    List<Fd> opened = new ArrayList<>();
    try {
      opened.add(UdpSocket.receiving(local));
      for (int i = 0; i < SENDERS; i++) {
        opened.add(UdpSocket.sending(local));
      }
      return opened;
    } catch (KernelException e) {
      opened.forEach(Fd::close);
      throw e;
    }
  }

  /** Puts a handle into the loop and waits until it is there. */
  static IoRegistration register(IoEventLoop loop, EpollIoHandle handle) {
    return loop.register(handle).syncUninterruptibly().getNow();
  }

  InetSocketAddress local() {
    return local;
  }

  Way way() {
    return way;
  }

  UdpListener listener() {
    return listener;
  }

  List<SenderSocket> senders() {
    return List.copyOf(senders);
  }

  void retain() {
    ports++;
  }

  /** Returns true when nobody uses it any more. */
  boolean release() {
    ports--;
    return ports == 0;
  }

  /** Closes the sockets; on the loop's thread or after its end. */
  void close() {
    listening.cancel();
    listener.close();
    senders.forEach(SenderSocket::close);
    arena.close();
  }
}
