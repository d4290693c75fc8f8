package io.arbalest.bench;

import io.arbalest.linux.netns.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One TCP stream, as much as goes through. */
final class TcpMeter {
  private static final int CHUNK_BYTES = 128 << 10;

  private TcpMeter() {}

  /** Gbit/s of payload that arrived, over {@code time} after a warm-up of a fifth of it. */
  static double gigabits(Endpoint from, Endpoint to, Duration time) {
    try (NetworkNamespace receiver = to.open();
        NetworkNamespace sender = from.open();
        ServerSocketChannel server = receiver.call(() -> listen(to));
        SocketChannel out = sender.call(() -> connect(server))) {
      CompletableFuture<Double> rate =
          CompletableFuture.supplyAsync(() -> receive(server, time), Threads.PLATFORM);
      send(out, time.plus(time.dividedBy(2)));
      out.shutdownOutput();
      return rate.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocketChannel listen(Endpoint to) throws IOException {
    return ServerSocketChannel.open().bind(new InetSocketAddress(to.address(), 0));
  }

  private static SocketChannel connect(ServerSocketChannel server) throws IOException {
    return SocketChannel.open(server.getLocalAddress());
  }

  private static void send(SocketChannel out, Duration time) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      out.write(chunk.clear());
    }
  }

  private static double receive(ServerSocketChannel server, Duration time) {
    ByteBuffer chunk = ByteBuffer.allocateDirect(2 * CHUNK_BYTES);
    try (SocketChannel in = server.accept()) {
      long start = System.nanoTime() + time.dividedBy(5).toNanos();
      while (System.nanoTime() < start && in.read(chunk.clear()) >= 0) {
        // Warming up.
      }
      long bytes = 0;
      long end = start + time.toNanos();
      long now = start;
      while (now < end) {
        int read = in.read(chunk.clear());
        if (read < 0) {
          break;
        }
        bytes += read;
        now = System.nanoTime();
      }
      return bytes * 8.0 / (now - start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
