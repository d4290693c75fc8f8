package io.arbalest.overlay.directory;

/**
 * One search plugin at work for one overlay.
 *
 * <p>Implementations are safe for use by several threads, and never call the packet loop.
 */
public interface Directory extends AutoCloseable {
  /** What is known now. */
  DirectorySnapshot current();

  /** Whether {@link #current} is as fresh as it should be. */
  DirectoryHealth health();

  /**
   * Reads the source again. If that fails, {@link #current} stays as it was and the health says
   * why.
   *
   * @return the health afterwards
   */
  DirectoryHealth reload();

  /** Lets go of the source. Does not throw. */
  @Override
  void close();
}
