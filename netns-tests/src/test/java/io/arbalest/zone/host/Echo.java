package io.arbalest.zone.host;

import io.arbalest.linux.netns.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A service in a zone that sends every datagram back, and who asks it from an address. */
final class Echo implements AutoCloseable {
  private static final int PORT = 7777;
  private static final int WAIT_MILLIS = 1500;

  private final DatagramSocket socket;
  private final Thread thread;

  Echo(NetworkNamespace stack) {
    socket = socket(stack, new InetSocketAddress(PORT));
    thread = Thread.ofPlatform().daemon().start(this::serve);
  }

  private static DatagramSocket socket(NetworkNamespace stack, InetSocketAddress local) {
    return stack.call(
        () -> {
          try {
            return new DatagramSocket(local);
          } catch (SocketException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[64], 64);
    try {
      while (true) {
        packet.setLength(64);
        socket.receive(packet);
        socket.send(packet);
      }
    } catch (IOException e) {
      // The socket was closed.
    }
  }

  /** Whether a datagram from an address comes to the service and back. */
  static boolean answers(NetworkNamespace stack, InetAddress source, InetAddress server) {
    try (DatagramSocket from = socket(stack, new InetSocketAddress(source, 0))) {
      from.setSoTimeout(WAIT_MILLIS);
      from.send(new DatagramPacket(new byte[8], 8, server, PORT));
      from.receive(new DatagramPacket(new byte[8], 8));
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
