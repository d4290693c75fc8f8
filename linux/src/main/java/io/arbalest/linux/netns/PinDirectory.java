package io.arbalest.linux.netns;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import io.arbalest.linux.sys.OpenFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of pins that {@code ip netns} reads, {@code /run/netns}.
 *
 * <p>Like iproute2 it is made a mount of its own with shared propagation, under the same lock, so
 * that a process in another mount namespace sees pins come and, above all, go.
 */
public final class PinDirectory {
  /** Where {@code ip netns} looks. */
  public static final Path RUN_NETNS = Path.of("/run/netns");

  private static final long MS_BIND = 4096;
  private static final long MS_REC = 16384;
  private static final long MS_SHARED = 1 << 20;
  private static final int LOCK_EX = 2;
  private static final int UMOUNT_NOFOLLOW = 8;

  private PinDirectory() {}

  /**
   * Makes a directory for pins if it is missing; {@link #RUN_NETNS} also becomes a shared mount.
   */
  static void prepare(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (directory.equals(RUN_NETNS)) {
      try (Fd lock = lock(directory)) {
        share(directory.toString(), lock);
      }
    }
  }

  private static void share(String directory, Fd lock) {
    if (!lock.isOpen() || tryShare(directory)) {
      return;
    }
    Nsfs.mount(directory, directory, MS_BIND | MS_REC);
    if (!tryShare(directory)) {
      throw new KernelException("mount --make-shared " + directory, Errno.EINVAL);
    }
  }

  /** False if the directory is not a mount point yet. */
  private static boolean tryShare(String directory) {
    Failpoint.hit("mount --make-shared " + directory);
    if (Libc.mount("", directory, "none", MS_SHARED | MS_REC, "") == 0) {
      return true;
    }
    if (Errno.of(Libc.errno()) != Errno.EINVAL) {
      throw KernelException.last("mount --make-shared " + directory);
    }
    return false;
  }

  private static Fd lock(Path directory) {
    Fd fd = Fd.open(directory.toString(), OpenFlags.RDONLY | OpenFlags.DIRECTORY);
    if (Libc.flock(fd.number(), LOCK_EX) != 0) {
      KernelException e = KernelException.last("flock " + directory);
      fd.close();
      throw e;
    }
    return fd;
  }

  /**
   * Takes {@link #RUN_NETNS} away again if nothing is pinned there, for whoever knows that it was
   * not there before.
   *
   * @return whether it is gone
   */
  public static boolean removeIfEmpty() {
    Path directory = RUN_NETNS;
    String[] left = directory.toFile().list();
    if (left == null || left.length > 0) {
      return left == null;
    }
    // Not lazily: with a pin made since, this says EBUSY and nothing is lost.
    Failpoint.hit("umount " + directory);
    if (Libc.umount2(directory.toString(), UMOUNT_NOFOLLOW) != 0
        && Errno.of(Libc.errno()) != Errno.EINVAL) {
      return false;
    }
    return directory.toFile().delete();
  }
}
