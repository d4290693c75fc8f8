package io.arbalest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.netns.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A TCP connection between two pinned namespaces that carries bytes which are then compared. */
final class Transfer {
  private static final int BYTES = 8 << 20;

  private Transfer() {}

  static void check(String fromNetns, String toNetns, String toAddress) {
    byte[] sent = new byte[BYTES];
    new Random(7).nextBytes(sent);
    try (NetworkNamespace from = NetworkNamespace.open(Path.of("/run/netns", fromNetns));
        NetworkNamespace to = NetworkNamespace.open(Path.of("/run/netns", toNetns));
        ServerSocket server = to.call(() -> new ServerSocket(0));
        Socket client = from.call(() -> connect(toAddress, server.getLocalPort()))) {
      CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> readAll(server));
      client.getOutputStream().write(sent);
      client.shutdownOutput();
      assertThat(received.join()).isEqualTo(sent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Socket connect(String address, int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(address, port), 5_000);
    return socket;
  }

  private static byte[] readAll(ServerSocket server) {
    try (Socket accepted = server.accept()) {
      accepted.setSoTimeout(20_000);
      return accepted.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
