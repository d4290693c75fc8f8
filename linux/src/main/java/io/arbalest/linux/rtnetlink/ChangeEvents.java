package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.netlink.NetlinkEvents;
import io.arbalest.linux.netlink.NetlinkEvents.Heard;
import io.arbalest.linux.netlink.NetlinkSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * A subscription to what happens to the links of one namespace and to their traffic control, on a
 * thread of its own. It sleeps until something happens.
 */
public final class ChangeEvents implements AutoCloseable {
  private static final List<Integer> LINK_AND_TC = List.of(1, 4);

  /** Some thousand events. */
  private static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

  /** As many events are told at once; more would let the first of them wait. */
  private static final int BATCH = 256;

  private final NetlinkEvents events;
  private final ChangeListener listener;
  private final Thread thread;

  private ChangeEvents(NetlinkEvents events, ChangeListener listener) {
    this.events = events;
    this.listener = listener;
    this.thread = Thread.ofPlatform().daemon().name("change-events").unstarted(this::run);
  }

  /** Subscribes in the calling thread's namespace. */
  public static ChangeEvents subscribe(ChangeListener listener) {
    return subscribe(listener, RECEIVE_BUFFER);
  }

  static ChangeEvents subscribe(ChangeListener listener, int receiveBuffer) {
    NetlinkEvents events = NetlinkEvents.open(NetlinkSocket.ROUTE, LINK_AND_TC, receiveBuffer);
    ChangeEvents made = new ChangeEvents(events, listener);
    made.thread.start();
    return made;
  }

  private void run() {
    try {
      listener.onUnknown();
      while (listen()) {}
    } catch (RuntimeException e) {
      listener.onFailure(e);
    }
  }

  /** Waits for one event, takes what came with it, and tells. False when it is over. */
  private boolean listen() {
    List<Change> changes = new ArrayList<>();
    Heard heard = events.await(-1);
    while (heard instanceof Heard.Messages some) {
      some.messages().forEach(message -> Change.decode(message).ifPresent(changes::add));
      heard = changes.size() < BATCH ? events.await(0) : new Heard.Nothing();
    }
    if (!changes.isEmpty()) {
      listener.onChanges(changes);
    }
    if (heard instanceof Heard.Lost) {
      listener.onUnknown();
    }
    return !(heard instanceof Heard.Stopped);
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
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
