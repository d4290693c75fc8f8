package io.arbalest.overlay;

import io.arbalest.linux.netns.NetworkNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/** Sends random octets by TCP from one namespace to another, and compares what arrived. */
final class TcpTransfer {
  private static final int BLOCK = 128 << 10;
  private static final int PORT = 5001;
  private static final int TIMEOUT_MILLIS = 20_000;

  private TcpTransfer() {}

  /** Whether every octet arrived, in order. */
  static boolean run(NetworkNamespace from, NetworkNamespace to, InetAddress target, long octets)
      throws Exception {
    try (ServerSocket server = to.call(() -> new ServerSocket(PORT, 1, target));
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Long> received = threads.submit(() -> receive(server));
      long sent = from.call(() -> send(target, octets));
      return received.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS) == sent;
    }
  }

  private static long send(InetAddress target, long octets) throws IOException {
    CRC32C sum = new CRC32C();
    Random random = new Random(octets);
    byte[] block = new byte[BLOCK];
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(target, PORT), TIMEOUT_MILLIS);
      OutputStream out = socket.getOutputStream();
      for (long left = octets; left > 0; left -= BLOCK) {
        random.nextBytes(block);
        int length = (int) Math.min(left, BLOCK);
        out.write(block, 0, length);
        sum.update(block, 0, length);
      }
    }
    return sum.getValue();
  }

  private static long receive(ServerSocket server) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] block = new byte[BLOCK];
    server.setSoTimeout(TIMEOUT_MILLIS);
    try (Socket socket = server.accept()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      InputStream in = socket.getInputStream();
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        sum.update(block, 0, n);
      }
    }
    return sum.getValue();
  }
}
