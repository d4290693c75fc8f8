package io.arbalest.cli.client;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One command of the client against a daemon that has only one answer.
 *
 * <p>The JVM's AOT cache is made by watching a run. This is that run: it touches what a real
 * command touches, and needs neither root nor a real daemon.
 */
public final class Rehearsal {
  private static final byte[] ANSWER = {
    1, 0, 0, 0, 1, '\n', 2, 0, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0
  };

  private Rehearsal() {}

  /**
   * Rehearses.
   *
   * @param argv a folder for the socket; it must exist
   */
  public static void main(String[] argv) throws IOException, InterruptedException {
    File instance = new File(argv[0], RunDirectory.GLOBAL);
    File socket = new File(new RunDirectory(argv[0]).socket(RunDirectory.GLOBAL));
    if (!instance.mkdir()) {
      throw new IOException("cannot make " + instance);
    }
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket.getPath()));
      Thread daemon = new Thread(() -> answerOne(server));
      daemon.start();
      new Client(
              new Surroundings(Map.of("ARBALEST_RUN", argv[0], "TERM", "vt100")),
              new FileOutputStream(FileDescriptor.out),
              new FileOutputStream(FileDescriptor.err))
          .run(Surroundings.words(new String[] {"dladm", "show-vnic"}));
      daemon.join();
      Become.rehearse();
    } finally {
      if (!socket.delete() || !instance.delete()) {
        System.err.println("cannot remove " + socket);
      }
    }
  }

  private static void answerOne(ServerSocketChannel server) {
    try (SocketChannel caller = server.accept()) {
      caller.read(ByteBuffer.allocate(64 * 1024));
      OutputStream out = Channels.newOutputStream(caller);
      out.write(
          String.join("\r\n", List.of("HTTP/1.1 200 OK", "Connection: close", "", ""))
              .getBytes(StandardCharsets.US_ASCII));
      out.write(ANSWER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
