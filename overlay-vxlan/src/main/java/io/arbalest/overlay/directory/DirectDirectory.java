package io.arbalest.overlay.directory;

import io.arbalest.overlay.Vtep;

/**
 * The search plugin {@code direct}: one peer gets every frame, and only it may send.
 *
 * <p>It knows no addresses, so ARP and neighbour solicitations go to the peer like everything else.
 */
public final class DirectDirectory implements Directory {
  private final DirectorySnapshot snapshot;

  /**
   * @param own this host's VTEP
   * @param peer the other end
   */
  public DirectDirectory(Vtep own, Vtep peer) {
    snapshot = DirectorySnapshot.pointToPoint(own, peer);
  }

  @Override
  public DirectorySnapshot current() {
    return snapshot;
  }

  @Override
  public DirectoryHealth health() {
    return DirectoryHealth.ONLINE;
  }

  @Override
  public DirectoryHealth reload() {
    return DirectoryHealth.ONLINE;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
