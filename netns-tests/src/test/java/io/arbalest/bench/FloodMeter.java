package io.arbalest.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A flood of small datagrams, and how many of them arrive. */
final class FloodMeter {
  /** With Ethernet, IPv4 and UDP headers and the checksum a frame of 64 bytes. */
  private static final int PAYLOAD_BYTES = 18;

  private static final int PORT = 7001;
  private static final int BURST = 64;

  private FloodMeter() {}

  /** Datagrams a second that arrived, over {@code time} after a short warm-up. */
  static double packetsPerSecond(Endpoint from, Endpoint to, Duration time) {
    try (UdpSocket receiver = UdpSocket.open(to, PORT);
        UdpSocket sender = UdpSocket.open(from, 0)) {
      sender.connect(to.address(), PORT);
      CompletableFuture<Double> rate =
          CompletableFuture.supplyAsync(() -> count(receiver, time), Threads.PLATFORM);
      long end = System.nanoTime() + time.plus(time.dividedBy(2)).toNanos();
      while (System.nanoTime() < end) {
        for (int i = 0; i < BURST; i++) {
          sender.send(PAYLOAD_BYTES);
        }
      }
      return rate.join();
    }
  }

  private static double count(UdpSocket receiver, Duration time) {
    long start = System.nanoTime() + time.dividedBy(5).toNanos();
    while (System.nanoTime() < start) {
      receiver.receive();
    }
    long packets = 0;
    long end = start + time.toNanos();
    while (System.nanoTime() < end) {
      for (int i = 0; i < BURST; i++) {
        packets += receiver.receive() ? 1 : 0;
      }
    }
    return packets * 1e9 / (System.nanoTime() - start);
  }
}
