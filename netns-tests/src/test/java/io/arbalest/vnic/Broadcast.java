package io.arbalest.vnic;

import io.arbalest.linux.netns.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A socket in a zone that hears the zones' broadcasts. */
final class Broadcast implements AutoCloseable {
  private static final int PORT = 9999;

  private final DatagramSocket socket;

  private Broadcast(DatagramSocket socket) {
    this.socket = socket;
  }

  static Broadcast open(NetworkNamespace zone) throws IOException {
    return new Broadcast(zone.call(() -> new DatagramSocket(PORT)));
  }

  void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    InetAddress everyone = InetAddress.getByAddress(new byte[] {10, 9, 0, (byte) 255});
    socket.send(new DatagramPacket(bytes, bytes.length, everyone, PORT));
  }

  /** What comes within two seconds. */
  Optional<String> receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
    socket.setSoTimeout(2000);
    try {
      socket.receive(packet);
      return Optional.of(
          new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
