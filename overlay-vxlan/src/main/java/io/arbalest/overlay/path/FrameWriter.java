package io.arbalest.overlay.path;

/** Takes frames for the zones: a TAP, or a test's recorder. */
@FunctionalInterface
interface FrameWriter {
  /**
   * One {@code writev(2)} of a vnet header and a frame.
   *
   * @param vectors address of the {@code struct iovec} array
   * @return 0, or the error number
   */
  int write(long vectors, int count);
}
