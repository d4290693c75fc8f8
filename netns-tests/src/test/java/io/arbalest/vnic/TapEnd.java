package io.arbalest.vnic;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.Libc;
import io.arbalest.linux.tap.Tap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** An uplink's TAP seen from the process that holds it, frame by frame. */
final class TapEnd implements AutoCloseable {
  /** An EtherType for experiments, which no zone's stack sends (IEEE 802). */
  static final int EXPERIMENT = 0x88b5;

  private static final int VNET_HEADER = 10;
  private static final int MAX_FRAME = 70_000;

  private final Tap tap;
  private final int ifindex;

  TapEnd(SwitchHost host, String name) {
    tap = host.home.call(() -> Tap.create(name));
    try (Rtnetlink net = Rtnetlink.open(host.home)) {
      ifindex = net.links().get(name).index();
      net.links().disableAddressGeneration(ifindex);
      net.links().setUp(ifindex);
    }
  }

  int ifindex() {
    return ifindex;
  }

  static byte[] frame(MacAddress destination, MacAddress source) {
    return ByteBuffer.allocate(60)
        .put(destination.toBytes())
        .put(source.toBytes())
        .putShort((short) EXPERIMENT)
        .array();
  }

  void write(byte[] frame) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate((long) VNET_HEADER + frame.length);
      MemorySegment.copy(frame, 0, buffer, ValueLayout.JAVA_BYTE, VNET_HEADER, frame.length);
      long written = Libc.write(tap.fd().number(), buffer.address(), buffer.byteSize());
      if (written != buffer.byteSize()) {
        throw new AssertionError("TAP took " + written + " of " + buffer.byteSize() + " bytes");
      }
    }
  }

  /** The next frame that is asked for within a second; others are read and left aside. */
  Optional<byte[]> read(Predicate<byte[]> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + 1_000_000_000L;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(MAX_FRAME);
      while (System.nanoTime() < deadline) {
        long length = Libc.read(tap.fd().number(), buffer.address(), MAX_FRAME);
        if (length < VNET_HEADER) {
          Thread.sleep(1);
          continue;
        }
        byte[] all = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        byte[] frame = Arrays.copyOfRange(all, VNET_HEADER, all.length);
        if (wanted.test(frame)) {
          return Optional.of(frame);
        }
      }
      return Optional.empty();
    }
  }

  static Predicate<byte[]> to(MacAddress destination) {
    byte[] mac = destination.toBytes();
    return frame -> Arrays.equals(frame, 0, mac.length, mac, 0, mac.length);
  }

  @Override
  public void close() {
    tap.close();
  }
}
