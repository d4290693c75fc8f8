package io.arbalest.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One small request and its answer at a time. */
final class RoundTripMeter {
  private static final int PAYLOAD_BYTES = 18;
  private static final int PORT = 7002;
  private static final int MAX_SAMPLES = 1 << 20;

  private RoundTripMeter() {}

  /** The median and the 99th percentile in microseconds. */
  record Result(double median, double p99) {}

  static Result microseconds(Endpoint from, Endpoint to, Duration time) {
    AtomicBoolean running = new AtomicBoolean(true);
    try (UdpSocket server = UdpSocket.open(to, PORT);
        UdpSocket client = UdpSocket.open(from, PORT)) {
      client.connect(to.address(), PORT);
      server.connect(from.address(), PORT);
      CompletableFuture<Void> echo =
          CompletableFuture.runAsync(() -> echo(server, running), Threads.PLATFORM);
      Result result = ask(client, time);
      running.set(false);
      echo.join();
      return result;
    }
  }

  private static void echo(UdpSocket server, AtomicBoolean running) {
    while (running.get()) {
      if (server.receive()) {
        server.send(PAYLOAD_BYTES);
      }
    }
  }

  private static Result ask(UdpSocket client, Duration time) {
    long[] samples = new long[MAX_SAMPLES];
    int count = 0;
    long end = System.nanoTime() + time.toNanos();
    long warm = end - time.toNanos() * 4 / 5;
    while (System.nanoTime() < end && count < MAX_SAMPLES) {
      long start = System.nanoTime();
      boolean answered = client.send(PAYLOAD_BYTES) && client.receive();
      long now = System.nanoTime();
      if (answered && now > warm) {
        samples[count++] = now - start;
      }
    }
    if (count == 0) {
      throw new IllegalStateException("no request was answered");
    }
    Arrays.sort(samples, 0, count);
    return new Result(samples[count / 2] / 1e3, samples[(int) (count * 0.99)] / 1e3);
  }
}
