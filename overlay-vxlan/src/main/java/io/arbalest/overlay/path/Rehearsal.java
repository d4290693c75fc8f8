package io.arbalest.overlay.path;

import io.arbalest.linux.net.InternetChecksum;
import io.arbalest.overlay.OverlayCounters;
import io.arbalest.overlay.Vni;
import io.arbalest.overlay.Vtep;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends frames from one end of the path to the other in memory, so that the code is compiled before
 * the first real packet: interpreted, it moves a hundredth of what it moves later.
 *
 * <p>Once in a process, on a thread of its own, in small portions with pauses, because a daemon
 * that starts has other things to do.
 */
final class Rehearsal {
  private static final int VNI = 1;
  private static final long PEER_MAC = 0x0200_0000_0001L;
  private static final int PORTIONS = 150;
  private static final int ROUNDS = 20;
  private static final long PAUSE_MILLIS = 4;
  private static final int MTU = 1450;
  private static final int MSS = 1398;
  private static final int SUPER_PAYLOAD = 20 * MSS;
  private static final int SMALL_PAYLOAD = 64;

  // Compiled code belongs to the process, so "done" does too.
  private static final AtomicBoolean HELD = new AtomicBoolean();

  private final OverlayCounters counters = new OverlayCounters();
  private final Transmitter transmitter;
  private final Receiver receiver;
  private final MemorySegment wire;
  private int length;

  Rehearsal(Arena arena) {
    Vtep here = Vtep.of(InetAddress.getLoopbackAddress(), Vtep.DEFAULT_PORT);
    Vtep there = Vtep.of(InetAddress.getLoopbackAddress(), Vtep.DEFAULT_PORT + 1);
    ForwardingTable table = ForwardingTable.at(here).place(PEER_MAC, there).build();
    wire = arena.allocate(Transmitter.SLOT, Long.BYTES);
    Outlet outlet =
        new Outlet(VNI, List.of(this::carry), counters, SlowPath.REPLICATE_ALL, frame -> {});
    Way way = new Way(UdpOptions.AF_INET, true);
    transmitter = new Transmitter(arena, outlet, Peers.of(table, way));
    PortSpec port = PortSpec.of(new Vni(VNI), here.address(), MTU);
    receiver = new Receiver(new Coalescer(arena, (v, n) -> 0, counters, port), counters, false);
    receiver.use(table);
    OuterAddress source = OuterAddress.of(there.ip());
    receiver.from(source.high(), source.low());
  }

  /** Starts the rehearsal of this process, unless there was one. */
  static void holdOnce() {
    if (HELD.compareAndSet(false, true)) {
      Thread.ofPlatform().name("overlay-rehearsal").daemon().start(Rehearsal::hold);
    }
  }

  private static void hold() {
    try (Arena arena = Arena.ofShared()) {
      Rehearsal rehearsal = new Rehearsal(arena);
      for (int i = 0; i < PORTIONS; i++) {
        rehearsal.play(ROUNDS);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends a TCP super-frame and a run of small datagrams, so many times. */
  OverlayCounters play(int rounds) {
    for (int i = 0; i < rounds; i++) {
      transmitter.accept(frame(Ip.PROTOCOL_TCP, SUPER_PAYLOAD));
      for (int k = 0; k < UdpOptions.MAX_SEGMENTS; k++) {
        transmitter.accept(frame(Ip.PROTOCOL_UDP, SMALL_PAYLOAD));
      }
      transmitter.flush();
    }
    return counters;
  }

  /** Writes what a TAP would give; returns its length. */
  private int frame(int protocol, int payload) {
    MemorySegment memory = transmitter.memory();
    long at = transmitter.slot() + Vnet.HEADER;
    boolean tcp = protocol == Ip.PROTOCOL_TCP;
    int l4 = Ethernet.HEADER + Ip.V4_HEADER;
    int header = l4 + (tcp ? Tcp.HEADER : Udp.HEADER);
    memory.asSlice(transmitter.slot(), Vnet.HEADER + header).fill((byte) 0);
    Wire.put64(memory, at + Ethernet.DESTINATION, PEER_MAC << 16);
    Wire.put64(memory, at + Ethernet.SOURCE, PEER_MAC << 16);
    Wire.put16(memory, at + Ethernet.TYPE, Ethernet.TYPE_IPV4);
    ip(memory, at + Ethernet.HEADER, protocol, header - Ethernet.HEADER + payload);
    int field = tcp ? Tcp.CHECKSUM : Udp.CHECKSUM;
    Wire.put16(
        memory, at + l4 + field, InternetChecksum.fold(protocol + header - l4 + (long) payload));
    if (tcp) {
      Wire.put8(memory, at + l4 + Tcp.DATA_OFFSET, Tcp.HEADER << 2);
      Wire.put8(memory, at + l4 + Tcp.FLAGS, Tcp.ACK);
    } else {
      Wire.put16(memory, at + l4 + Udp.LENGTH, Udp.HEADER + payload);
    }
    offload(memory, transmitter.slot(), l4, tcp);
    return Vnet.HEADER + header + payload;
  }

  private static void ip(MemorySegment memory, long at, int protocol, int total) {
    Wire.put8(memory, at, Ip.V4_PLAIN);
    Wire.put16(memory, at + Ip.V4_TOTAL_LENGTH, total);
    Wire.put16(memory, at + Ip.V4_FRAGMENT, Ip.V4_DF);
    Wire.put8(memory, at + Ip.V4_PROTOCOL, protocol);
    long sum = InternetChecksum.sum(memory, at, Ip.V4_HEADER);
    Wire.put16(memory, at + Ip.V4_CHECKSUM, InternetChecksum.finish(sum));
  }

  private static void offload(MemorySegment memory, long at, int l4, boolean tcp) {
    Wire.put8(memory, at + Vnet.FLAGS, Vnet.NEEDS_CSUM);
    Wire.put8(memory, at + Vnet.GSO_TYPE, tcp ? Vnet.GSO_TCPV4 : Vnet.GSO_NONE);
    Vnet.put16(memory, at + Vnet.GSO_SIZE, tcp ? MSS : 0);
    Vnet.put16(memory, at + Vnet.CSUM_START, l4);
    Vnet.put16(memory, at + Vnet.CSUM_OFFSET, tcp ? Tcp.CHECKSUM : Udp.CHECKSUM);
  }

  /** Receives what a send points at: one datagram after another, as UDP_GRO brings them. */
  private int carry(long message) {
    length = 0;
    SendMessage.forEachPiece(message, this::append);
    int left = length;
    int size = SendMessage.segmentSizeOf(message, length);
    for (int at = 0; left > 0; at += size) {
      receiver.accept(wire, at, Math.min(size, left));
      left -= size;
    }
    receiver.flush();
    return 0;
  }

  private void append(MemorySegment piece) {
    MemorySegment.copy(piece, 0, wire, length, piece.byteSize());
    length += (int) piece.byteSize();
  }
}
