package io.arbalest.zone.daemon;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.zone.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The right to be the daemon of an instance: the locks of its state folder and of its run folder.
 *
 * <p>Both, because either may be shared by mistake: two daemons on one state folder would fight
 * over the kernel, two on one run folder over the socket.
 */
final class InstanceLock implements AutoCloseable {
  private static final int ATTEMPTS = 20;

  /** Roots that we make ourselves; one that the environment named is the operator's. */
  private static final Set<Path> DEFAULT_ROOTS =
      Set.of(Path.of(Instance.DEFAULT_STATE), Path.of(Instance.DEFAULT_RUN));

  private final Instance instance;
  private final FolderLock state;
  private final FolderLock run;

  private InstanceLock(Instance instance, FolderLock state, FolderLock run) {
    this.instance = instance;
    this.state = state;
    this.run = run;
  }

  /**
   * Takes both locks, making the folders if need be.
   *
   * @throws DaemonRunningException if another daemon has one of them
   */
  static InstanceLock take(Instance instance) {
    FolderLock state = takeIn(instance.state(), "rwx------");
    try {
      return new InstanceLock(instance, state, takeIn(instance.run(), "rwxr-x---"));
    } catch (RuntimeException e) {
      // The folder stays: it is another's run folder, but our state folder may hold specs.
      state.close();
      throw e;
    }
  }

  /** A predecessor that leaves may remove the folder under our hands; then we make it again. */
  private static FolderLock takeIn(Path folder, String permissions) {
    for (int attempt = 1; ; attempt++) {
      make(folder, permissions);
      try {
        return FolderLock.take(folder);
      } catch (KernelException e) {
        if (e.errno() != Errno.ENOENT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static void make(Path folder, String permissions) {
    try {
      Files.createDirectories(folder.toAbsolutePath().getParent());
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      // There already, or its parent went away under our hands: taking the lock tells which.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets go, and removes the folders and their parents as far as they are empty. */
  @Override
  public void close() {
    run.close();
    state.close();
    removeEmpty(instance.run());
    removeEmpty(instance.state());
  }

  private static void removeEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
      Path parent = folder.getParent();
      if (DEFAULT_ROOTS.contains(parent)) {
        Files.deleteIfExists(parent);
      }
    } catch (DirectoryNotEmptyException e) {
      // It holds somebody's files, or a successor has moved in.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
