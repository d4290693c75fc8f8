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
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(() -> sendUntilReset(out), Threads.PLATFORM);
      double rate = receive(server, time);
      sending.join();
      return rate;
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

  /** The receiver ends the measurement by closing its side. */
  private static void sendUntilReset(SocketChannel out) {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    try {
      while (out.isOpen()) {
        out.write(chunk.clear());
      }
    } catch (IOException reset) {
      // That was the end.
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
