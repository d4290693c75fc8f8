package io.arbalest.overlay.path;

import java.util.ArrayList;
import java.util.List;

/** A TAP that keeps what was written, vnet header included, and fails when told to. */
final class WrittenFrames implements FrameWriter {
  final List<byte[]> writes = new ArrayList<>();
  int error;
  int superFrameError;

  @Override
  public int write(long vectors, int count) {
    byte[] write = Native.gather(vectors, count);
    int failure = write[Vnet.GSO_TYPE] != 0 && superFrameError != 0 ? superFrameError : error;
    if (failure == 0) {
      writes.add(write);
    }
    return failure;
  }

  /** The frames, super-frames cut by the model. */
  List<byte[]> frames() {
    return writes.stream().flatMap(w -> SlowSegmentation.cut(w).stream()).toList();
  }
}
