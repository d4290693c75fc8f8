package io.arbalest.overlay.path;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** A socket that keeps what was sent, cut as UDP_SEGMENT cuts it, and fails when told to. */
final class SentDatagrams implements DatagramSender {
  final List<byte[]> datagrams = new ArrayList<>();
  final List<Integer> sizesOfSends = new ArrayList<>();
  final Deque<Integer> errors = new ArrayDeque<>();
  int segmentedError;

  @Override
  public int send(long message) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    SendMessage.forEachPiece(message, p -> all.writeBytes(p.toArray(ValueLayout.JAVA_BYTE)));
    int size = SendMessage.segmentSizeOf(message, all.size());
    if (size < all.size() && segmentedError != 0) {
      return segmentedError;
    }
    int error = errors.isEmpty() ? 0 : errors.removeFirst();
    if (error != 0) {
      return error;
    }
    int before = datagrams.size();
    for (int at = 0; at < all.size(); at += size) {
      datagrams.add(Arrays.copyOfRange(all.toByteArray(), at, Math.min(at + size, all.size())));
    }
    sizesOfSends.add(datagrams.size() - before);
    return 0;
  }

  /** The inner frames. */
  List<byte[]> frames() {
    return datagrams.stream().map(d -> Arrays.copyOfRange(d, 8, d.length)).toList();
  }
}
