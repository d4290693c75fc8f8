package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.netlink.DumpInterruptedException;
import io.arbalest.linux.netlink.NetlinkEvents;
import io.arbalest.linux.netlink.NetlinkEvents.Heard;
import io.arbalest.linux.netlink.NetlinkMessage;
import io.arbalest.linux.netlink.NetlinkSocket;
import io.arbalest.linux.netns.NetworkNamespace;
import java.util.List;

/**
 * A subscription to what happens to the links of one namespace, on a thread of its own.
 *
 * <p>It listens before it reads the list of links, so that nothing falls between the two, and reads
 * the list again when the kernel had to drop events (ENOBUFS).
 */
public final class LinkEvents implements AutoCloseable {
  private static final int RTNLGRP_LINK = 1;

  /** Some 2,000 events; a link that comes or goes makes a handful. */
  private static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

  /** How long to wait before a list that kept changing is read again. */
  private static final int RETRY_MILLIS = 20;

  private final NetlinkEvents events;
  private final NetlinkSocket requests;
  private final LinkListener listener;
  private final Thread thread;

  private LinkEvents(NetlinkEvents events, NetlinkSocket requests, LinkListener listener) {
    this.events = events;
    this.requests = requests;
    this.listener = listener;
    this.thread = Thread.ofPlatform().daemon().name("link-events").unstarted(this::run);
  }

  /** Subscribes to the links of the calling thread's namespace. */
  public static LinkEvents subscribe(LinkListener listener) {
    return subscribe(listener, RECEIVE_BUFFER);
  }

  /** Subscribes to the links of a namespace, which may be closed afterwards. */
  public static LinkEvents subscribe(NetworkNamespace namespace, LinkListener listener) {
    return namespace.call(() -> subscribe(listener));
  }

  static LinkEvents subscribe(LinkListener listener, int receiveBuffer) {
    NetlinkEvents events =
        NetlinkEvents.open(NetlinkSocket.ROUTE, List.of(RTNLGRP_LINK), receiveBuffer);
    try {
      LinkEvents made = new LinkEvents(events, NetlinkSocket.open(NetlinkSocket.ROUTE), listener);
      made.thread.start();
      return made;
    } catch (RuntimeException e) {
      events.close();
      throw e;
    }
  }

  private void run() {
    try {
      listen();
    } catch (RuntimeException e) {
      listener.onFailure(e);
    }
  }

  private void listen() {
    boolean stale = !resync();
    while (true) {
      switch (events.await(stale ? RETRY_MILLIS : -1)) {
        case Heard.Messages heard -> heard.messages().forEach(this::tell);
        case Heard.Lost _ -> stale = true;
        case Heard.Nothing _ -> {}
        case Heard.Stopped _ -> {
          return;
        }
      }
      stale = stale && !resync();
    }
  }

  /** Whether the list could be read; not while it keeps changing. */
  private boolean resync() {
    try {
      List<Link> links = new Links(requests).list();
      listener.onResync(links);
      return true;
    } catch (DumpInterruptedException e) {
      return false;
    }
  }

  private void tell(NetlinkMessage message) {
    LinkCodec.decode(message)
        .ifPresent(
            link -> {
              if (message.type() == Rtm.DELLINK) {
                listener.onRemoved(link);
              } else {
                listener.onChanged(link);
              }
            });
  }

  /**
   * Ends the subscription. When it returns, the listener is not called any more, unless it called.
   */
  @Override
  public void close() {
    events.stop();
    boolean interrupted = false;
    while (thread.isAlive() && thread != Thread.currentThread()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    events.close();
    requests.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
