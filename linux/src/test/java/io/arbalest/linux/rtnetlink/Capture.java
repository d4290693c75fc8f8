package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.netlink.NetlinkMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Messages that iproute2 6.1 and Linux 6.18 exchanged, recorded with {@code strace -e
 * trace=sendmsg,recvmsg -e write=all -e read=all}. The first line of a file is the command; {@code
 * >} was sent, {@code <} was received.
 */
record Capture(List<NetlinkMessage> sent, List<NetlinkMessage> received) {
  static Capture of(String name) {
    try (InputStream in = Capture.class.getResourceAsStream("iproute2/" + name + ".txt")) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return new Capture(messages(text, "> "), messages(text, "< "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<NetlinkMessage> messages(String text, String mark) {
    return text.lines()
        .filter(line -> line.startsWith(mark))
        .map(line -> HexFormat.of().parseHex(line.substring(mark.length())))
        .flatMap(datagram -> NetlinkMessage.decode(datagram).stream())
        .toList();
  }

  NetlinkMessage request() {
    return sent.getLast();
  }

  static byte[] body(NetlinkMessage message) {
    byte[] bytes = new byte[message.length()];
    message.body().get(bytes);
    return bytes;
  }
}
