package io.arbalest.linux.netns;

import io.arbalest.linux.sys.Fd;
import java.nio.file.Path;

/**
 * A user namespace, {@code user_namespaces(7)}, held open by a file descriptor. A process of many
 * threads, such as a JVM, cannot enter one; it is held and pinned for those that can.
 */
public final class UserNamespace implements AutoCloseable {
  private final Fd fd;
  private final long inode;

  UserNamespace(Fd fd) {
    this.fd = fd;
    this.inode = Nsfs.inode(fd);
  }

  /** The user namespace of this process. */
  public static UserNamespace current() {
    return open(Path.of("/proc/self/ns/user"));
  }

  /**
   * Opens a pinned user namespace, or one under {@code /proc/PID/ns}.
   *
   * @throws NotANamespaceException if the path is something else
   */
  public static UserNamespace open(Path path) {
    return new UserNamespace(Nsfs.open(path, Nsfs.USER));
  }

  /** Keeps the namespace at a path that must not exist yet. */
  public void pin(Path path) {
    Nsfs.pin(fd, path);
  }

  /** Removes a pin; false if there was none. */
  public static boolean unpin(Path path) {
    return Nsfs.unpin(path);
  }

  /** The number that {@code lsns} shows. */
  public long inode() {
    return inode;
  }

  /** The descriptor, still owned by this object. */
  public Fd fd() {
    return fd;
  }

  @Override
  public void close() {
    fd.close();
  }

  @Override
  public String toString() {
    return "user:[" + inode + "]";
  }
}
