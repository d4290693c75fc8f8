package io.arbalest.vnic;

import io.arbalest.linux.netns.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends some megabytes over TCP from one namespace to another and compares them. */
final class TcpCopy {
  static final int BYTES = 4 << 20;
  private static final int TIMEOUT_MILLIS = 5000;

  private TcpCopy() {}

  static boolean between(NetworkNamespace from, NetworkNamespace to, InetAddress target)
      throws Exception {
    byte[] sent = new byte[BYTES];
    new Random(7).nextBytes(sent);
    try (ServerSocket server = to.call(() -> listen(target));
        Socket client = from.call(() -> connect(server))) {
      CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> receive(server));
      client.getOutputStream().write(sent);
      client.shutdownOutput();
      return Arrays.equals(received.get(20, TimeUnit.SECONDS), sent);
    }
  }

  private static ServerSocket listen(InetAddress address) throws IOException {
    return new ServerSocket(0, 1, address);
  }

  private static Socket connect(ServerSocket server) throws IOException {
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), TIMEOUT_MILLIS);
    return socket;
  }

  private static byte[] receive(ServerSocket server) {
    try (Socket socket = server.accept()) {
      return socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
