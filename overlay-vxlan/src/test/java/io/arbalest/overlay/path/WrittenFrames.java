package io.arbalest.overlay.path;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** A TAP that keeps what was written, vnet header included, and fails when told to. */
final class WrittenFrames implements FrameWriter {
  final List<byte[]> writes = new ArrayList<>();
  int error;
  int superFrameError;

  @Override
  public int write(long vectors, int count) {
    byte[] write = gather(vectors, count);
    int failure = write[Vnet.GSO_TYPE] != 0 && superFrameError != 0 ? superFrameError : error;
    if (failure == 0) {
      writes.add(write);
    }
    return failure;
  }

  private static byte[] gather(long vectors, int count) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    MemorySegment elements = MemorySegment.ofAddress(vectors).reinterpret(count * IoVectors.SIZE);
    for (long at = 0; at < elements.byteSize(); at += IoVectors.SIZE) {
      long length = elements.get(ValueLayout.JAVA_LONG, at + IoVectors.LENGTH);
      MemorySegment piece = elements.get(ValueLayout.ADDRESS, at).reinterpret(length);
      all.writeBytes(piece.toArray(ValueLayout.JAVA_BYTE));
    }
    return all.toByteArray();
  }

  /** The frames, super-frames cut by the model. */
  List<byte[]> frames() {
    return writes.stream().flatMap(w -> SlowSegmentation.cut(w).stream()).toList();
  }
}
