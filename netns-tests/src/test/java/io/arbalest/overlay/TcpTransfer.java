package io.arbalest.overlay;

import io.arbalest.linux.netns.NetworkNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Sends random octets by TCP from one namespace to another, and compares what arrives. */
final class TcpTransfer {
  private static final int BLOCK = 128 << 10;
  private static final int PORT = 5001;
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final long SEED = 5001;

  private TcpTransfer() {}

  /** Whether every octet of so many blocks of 128 KiB arrived, in order, and no more. */
  static boolean run(NetworkNamespace from, NetworkNamespace to, InetAddress target, int blocks)
      throws Exception {
    try (ServerSocket server = to.call(() -> new ServerSocket(PORT, 1, target));
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Boolean> received = threads.submit(() -> receive(server, blocks));
      from.call(() -> send(target, blocks));
      return received.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean send(InetAddress target, int blocks) throws IOException {
    Random random = new Random(SEED);
    byte[] block = new byte[BLOCK];
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(target, PORT), TIMEOUT_MILLIS);
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < blocks; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    return true;
  }

  private static boolean receive(ServerSocket server, int blocks) throws IOException {
    Random random = new Random(SEED);
    byte[] expected = new byte[BLOCK];
    server.setSoTimeout(TIMEOUT_MILLIS);
    try (Socket socket = server.accept()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      InputStream in = socket.getInputStream();
      for (int i = 0; i < blocks; i++) {
        random.nextBytes(expected);
        if (!Arrays.equals(in.readNBytes(BLOCK), expected)) {
          return false;
        }
      }
      return in.read() < 0;
    }
  }
}
