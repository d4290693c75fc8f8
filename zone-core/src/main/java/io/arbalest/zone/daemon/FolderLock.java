package io.arbalest.zone.daemon;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import io.arbalest.linux.sys.OpenFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The right to be the only daemon that uses a folder: {@code flock(2)} on a file there, which says
 * whose it is.
 *
 * <p>The kernel lets go when the owner dies in whatever way. {@code flock} rather than the record
 * locks that {@code FileChannel} takes, because those are lost as soon as any other descriptor of
 * the same file is closed, such as the one that read the owner's number.
 */
final class FolderLock implements AutoCloseable {
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int MODE = 0600;

  private final Path file;
  private final Fd fd;

  private FolderLock(Path file, Fd fd) {
    this.file = file;
    this.fd = fd;
  }

  /**
   * Takes the lock of a folder that exists.
   *
   * @throws DaemonRunningException if another process has it
   */
  static FolderLock take(Path folder) {
    Path file = folder.resolve("lock");
    while (true) {
      int flags = OpenFlags.RDWR | OpenFlags.CREAT | OpenFlags.NOFOLLOW | OpenFlags.CLOEXEC;
      Fd fd = Fd.own(Libc.open(file.toString(), flags, MODE), "open " + file);
      try {
        lock(fd, file);
        // A predecessor may have removed the file between our open and our lock.
        if (isStill(file, fd)) {
          Files.writeString(file, ProcessHandle.current().pid() + "\n");
          return new FolderLock(file, fd);
        }
        fd.close();
      } catch (IOException e) {
        fd.close();
        throw new UncheckedIOException(e);
      } catch (RuntimeException e) {
        fd.close();
        throw e;
      }
    }
  }

  private static void lock(Fd fd, Path file) {
    if (Libc.flock(fd.number(), LOCK_EX | LOCK_NB) == 0) {
      return;
    }
    if (Errno.of(Libc.errno()) != Errno.EAGAIN) {
      throw KernelException.last("flock " + file);
    }
    throw new DaemonRunningException(file.resolveSibling(""), owner(file));
  }

  private static boolean isStill(Path file, Fd fd) throws IOException {
    try {
      return Files.isSameFile(Path.of("/proc/self/fd/" + fd.number()), file);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static OptionalLong owner(Path file) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Lets go and removes the file, so that the folder can be removed too. */
  @Override
  public void close() {
    if (!fd.isOpen()) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      fd.close();
    }
  }
}
