package io.arbalest.antispoof;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Root of a zone who sends raw frames on a link by its name, at a steady rate, and who does not
 * mind whether the link exists: while it does not, it tries the index that the next one will get.
 */
final class SpoofFlood implements AutoCloseable {
  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_QDISC_BYPASS = 20;
  private static final int SOCKADDR_LL = 20;
  private static final long SIOCGIFINDEX = 0x8933;
  private static final int IFREQ = 40;
  private static final int IFREQ_INDEX = 16;

  /** Frames sent between two looks at the clock. */
  private static final int BURST = 64;

  private final Arena arena = Arena.ofShared();
  private final Fd socket;
  private final MemorySegment address = arena.allocate(SOCKADDR_LL, 4);
  private final MemorySegment request = arena.allocate(IFREQ, 8);
  private final List<MemorySegment> frames = new ArrayList<>();
  private final long nanosPerBurst;
  private final Thread thread;
  private volatile boolean running = true;
  private volatile long taken;
  private volatile long refused;

  /** By which way frames leave the zone. */
  enum Way {
    QUEUED,
    QDISC_BYPASS
  }

  /**
   * Starts to send the frames by turns.
   *
   * @param rate frames a second, all together
   */
  SpoofFlood(NetworkNamespace zone, String link, Way way, int rate, List<byte[]> kinds) {
    socket =
        zone.call(
            () -> Fd.own(Libc.socket(AF_PACKET, SOCK_RAW_CLOEXEC, 0), "packet socket of a flood"));
    if (way == Way.QDISC_BYPASS) {
      MemorySegment one = arena.allocateFrom(JAVA_INT, 1);
      Libc.setsockopt(socket.number(), SOL_PACKET, PACKET_QDISC_BYPASS, one.address(), 4);
    }
    address.set(JAVA_SHORT, 0, (short) AF_PACKET);
    MemorySegment.copy(
        link.getBytes(StandardCharsets.US_ASCII), 0, request, JAVA_BYTE, 0, link.length());
    kinds.forEach(kind -> frames.add(arena.allocateFrom(JAVA_BYTE, kind)));
    nanosPerBurst = BURST * 1_000_000_000L / rate;
    thread = Thread.ofPlatform().name("flood " + way).start(this::flood);
  }

  private void flood() {
    int known = 0;
    int turn = 0;
    long next = System.nanoTime();
    while (running) {
      int index = index();
      known = index == 0 ? known : index;
      address.set(JAVA_INT, 4, index == 0 ? known + 1 : index);
      turn = burst(turn);
      next = Math.max(next + nanosPerBurst, System.nanoTime() - nanosPerBurst);
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  /** The link's index; 0 while there is none of that name. */
  private int index() {
    return Libc.ioctl(socket.number(), SIOCGIFINDEX, request.address()) == 0
        ? request.get(JAVA_INT, IFREQ_INDEX)
        : 0;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by the flood's thread alone
  private int burst(int turn) {
    int place = turn;
    int sent = 0;
    for (int i = 0; i < BURST; i++) {
      sent += send(frames.get(place)) ? 1 : 0;
      place = (place + 1) % frames.size();
    }
    taken += sent;
    refused += BURST - sent;
    return place;
  }

  private boolean send(MemorySegment frame) {
    long length = frame.byteSize();
    return Libc.sendto(socket.number(), frame.address(), length, 0, address.address(), SOCKADDR_LL)
        == length;
  }

  /** How many frames the kernel took. */
  long taken() {
    return taken;
  }

  /** How many it refused, there being no such link or it not being up. */
  long refused() {
    return refused;
  }

  @Override
  public void close() throws InterruptedException {
    running = false;
    thread.join();
    socket.close();
    arena.close();
  }
}
