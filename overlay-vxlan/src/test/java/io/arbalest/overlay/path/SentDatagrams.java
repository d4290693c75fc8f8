package io.arbalest.overlay.path;

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
    byte[] all = Native.gather(Native.word(message + 16), Native.word(message + 24));
    long control = Native.word(message + 32);
    if (control != 0 && segmentedError != 0) {
      return segmentedError;
    }
    int error = errors.isEmpty() ? 0 : errors.removeFirst();
    if (error != 0) {
      return error;
    }
    int size =
        control == 0 ? all.length : Native.at(control, 24).get(ValueLayout.JAVA_SHORT, 16) & 0xffff;
    int before = datagrams.size();
    for (int at = 0; at < all.length; at += size) {
      datagrams.add(Arrays.copyOfRange(all, at, Math.min(at + size, all.length)));
    }
    sizesOfSends.add(datagrams.size() - before);
    return 0;
  }

  /** The inner frames. */
  List<byte[]> frames() {
    return datagrams.stream().map(d -> Arrays.copyOfRange(d, 8, d.length)).toList();
  }
}
