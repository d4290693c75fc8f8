package io.arbalest.linux.netns;

import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace, {@code network_namespaces(7)}, held open by a file descriptor.
 *
 * <p>It exists at least until {@link #close()}, and after that as long as a process, a socket or a
 * {@linkplain #pin pin} needs it. Safe for use by several threads.
 */
public final class NetworkNamespace implements AutoCloseable {
  private static final Path CURRENT = Path.of("/proc/thread-self/ns/net");

  private final Fd fd;
  private final long inode;

  NetworkNamespace(Fd fd) {
    this.fd = fd;
    this.inode = Nsfs.inode(fd);
  }

  /** The namespace that the calling thread is in. */
  public static NetworkNamespace current() {
    return open(CURRENT);
  }

  /**
   * Opens a pinned namespace, or one under {@code /proc/PID/ns}.
   *
   * @throws KernelException if the path cannot be opened
   * @throws NotANamespaceException if it is not a network namespace
   */
  public static NetworkNamespace open(Path path) {
    return new NetworkNamespace(Nsfs.open(path, Nsfs.NET));
  }

  /**
   * Makes an empty namespace owned by the caller's user namespace. Its {@code lo} is down.
   *
   * @throws KernelException EPERM without CAP_SYS_ADMIN
   */
  public static NetworkNamespace create() {
    return NamespaceThread.run(
        "netns-create",
        () -> {
          Failpoint.hit("unshare CLONE_NEWNET");
          if (Libc.unshare(Nsfs.NET) != 0) {
            throw KernelException.last("unshare CLONE_NEWNET");
          }
          return current();
        });
  }

  /**
   * Keeps the namespace at a path, as {@code ip netns attach} does for {@code /run/netns/NAME}.
   * Missing directories are made.
   *
   * @throws KernelException EEXIST if the path exists
   */
  public void pin(Path path) {
    Nsfs.pin(fd, path);
  }

  /**
   * Removes a pin. The namespace lives on while something else holds it; its links go away some
   * time after the last holder does.
   *
   * @return whether there was a pin
   * @throws NotANamespaceException if the path is something else, which is then left alone
   */
  public static boolean unpin(Path path) {
    return Nsfs.unpin(path);
  }

  /** Whether a path is a pin right now; false for a file that is not, or nothing. */
  public static boolean isPinned(Path path) {
    return Nsfs.isPinned(path);
  }

  /**
   * Runs a task inside the namespace, on a platform thread that is made for it and ends with it. A
   * socket made by the task stays in the namespace and may be used by any thread. What the task
   * throws is thrown here.
   *
   * <p>Only the network namespace is entered: the task keeps the process's user and capabilities.
   *
   * @throws KernelException if the namespace cannot be entered
   */
  public <T extends @Nullable Object, E extends Exception> T call(NamespaceTask<T, E> task)
      throws E {
    return NamespaceThread.<T, E>run("netns-" + inode, () -> enterAndCall(task));
  }

  private <T extends @Nullable Object, E extends Exception> T enterAndCall(NamespaceTask<T, E> task)
      throws E {
    if (Libc.setns(fd.number(), Nsfs.NET) != 0) {
      throw KernelException.last("setns " + this);
    }
    return task.call();
  }

  /** The user namespace that has power over this one. */
  public UserNamespace owner() {
    return new UserNamespace(Nsfs.owner(fd));
  }

  /** The number that {@code lsns} shows; unique among the namespaces that exist. */
  public long inode() {
    return inode;
  }

  /** The descriptor, for requests that name a namespace by it; still owned by this object. */
  public Fd fd() {
    return fd;
  }

  @Override
  public void close() {
    fd.close();
  }

  @Override
  public String toString() {
    return "net:[" + inode + "]";
  }
}
