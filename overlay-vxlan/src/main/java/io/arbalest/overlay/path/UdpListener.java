package io.arbalest.overlay.path;

import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.Libc;
import io.arbalest.overlay.DropReason;
import io.arbalest.overlay.FrameCount;
import io.arbalest.overlay.OverlayCounters;
import io.arbalest.overlay.VxlanCodec;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.unix.FileDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The socket that receives the datagrams of all overlays of one address and port, and tells them
 * apart by VNI.
 *
 * <p>With UDP_GRO a receive brings a train of equal datagrams of one sender. Trains are received
 * into slots in turn, so that frames of several short trains can be joined; a long one is passed on
 * at once.
 */
final class UdpListener implements EpollIoHandle, Poller {
  private static final int SLOTS = 8;
  private static final int SLOT = 64 << 10;
  private static final int MAX_RECEIVES = 16;
  private static final int LONG_TRAIN = 32 << 10;
  private static final int SHORTEST = VxlanCodec.LENGTH + Ethernet.HEADER;
  private static final int NO_PORT = -1;

  private final Fd fd;
  private final FileDescriptor descriptor;
  private final HotPollers hot;
  private final OverlayCounters counters = new OverlayCounters();
  private final MemorySegment[] slots = new MemorySegment[SLOTS];
  private final ReceiveMessage[] messages = new ReceiveMessage[SLOTS];

  private final Map<Integer, Receiver> byVni = new HashMap<>();
  private Receiver[] receivers = new Receiver[0];
  private LongTable index = new LongTable(Map.of());
  private int slot;

  UdpListener(Fd fd, Arena arena, HotPollers hot) {
    this.fd = fd;
    this.hot = hot;
    descriptor = new FileDescriptor(fd.number());
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = arena.allocate(SLOT, Long.BYTES);
      messages[i] = new ReceiveMessage(arena, slots[i]);
    }
  }

  /** What was dropped here before its overlay was known. */
  OverlayCounters counters() {
    return counters;
  }

  /** The same with what the kernel dropped at the socket; from any thread. */
  OverlayCounters.Snapshot snapshot() {
    long drops = fd.isOpen() ? UdpSocket.dropsOf(fd) : 0;
    return counters.snapshot().with(DropReason.SOCKET_FULL, drops);
  }

  void add(int vni, Receiver receiver) {
    byVni.put(vni, receiver);
    reindex();
  }

  void remove(int vni) {
    byVni.remove(vni);
    reindex();
  }

  private void reindex() {
    receivers = byVni.values().toArray(Receiver[]::new);
    Map<Long, Integer> positions = new HashMap<>();
    byVni.forEach((vni, receiver) -> positions.put(vni.longValue(), position(receiver)));
    index = new LongTable(positions);
  }

  private int position(Receiver receiver) {
    return Arrays.asList(receivers).indexOf(receiver);
  }

  @Override
  public void handle(IoRegistration registration, IoEvent event) {
    if (poll()) {
      hot.touch(this);
    }
  }

  @Override
  public boolean poll() {
    if (!receive()) {
      return false;
    }
    for (int i = 1; i < MAX_RECEIVES && receive(); i++) {}
    flush();
    return true;
  }

  private boolean receive() {
    ReceiveMessage message = messages[slot];
    message.reset();
    int received = (int) Libc.recvmsg(fd.number(), message.address(), 0);
    if (received < 0) {
      return false;
    }
    if (message.isTruncated()) {
      drop(DropReason.TRUNCATED);
      return true;
    }
    walk(message, received);
    if (received >= LONG_TRAIN || slot == SLOTS - 1) {
      flush();
    } else if (isHolding()) {
      slot++;
    }
    return true;
  }

  private boolean isHolding() {
    for (Receiver receiver : receivers) {
      if (!receiver.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void flush() {
    for (Receiver receiver : receivers) {
      receiver.flush();
    }
    slot = 0;
  }

  private void walk(ReceiveMessage message, int received) {
    int size = message.segmentSize(received);
    long high = SocketAddress.high(message.name());
    long low = SocketAddress.low(message.name());
    MemorySegment train = slots[slot];
    for (int at = 0; at < received || at == 0; at += size) {
      int length = Math.min(size, received - at);
      Receiver receiver = receiverOf(train, at, length);
      if (receiver != null) {
        receiver.from(high, low);
        receiver.accept(train, at, length);
      }
      if (size == 0) {
        return;
      }
    }
  }

  private @Nullable Receiver receiverOf(MemorySegment train, int at, int length) {
    if (length < SHORTEST) {
      return drop(DropReason.RUNT);
    }
    if (!VxlanCodec.hasVni(train, at)) {
      return drop(DropReason.NO_VNI);
    }
    int position = index.get(VxlanCodec.vni(train, at), NO_PORT);
    return position == NO_PORT ? drop(DropReason.UNKNOWN_VNI) : receivers[position];
  }

  private @Nullable Receiver drop(DropReason reason) {
    counters.add(FrameCount.IN_FRAMES, 1);
    counters.drop(reason, 1);
    return null;
  }

  @Override
  public FileDescriptor fd() {
    return descriptor;
  }

  @Override
  public void close() {
    hot.forget(this);
    fd.close();
  }
}
