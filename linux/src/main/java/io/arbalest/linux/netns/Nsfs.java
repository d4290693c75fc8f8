package io.arbalest.linux.netns;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import io.arbalest.linux.sys.OpenFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What network and user namespaces have in common: a file on nsfs, {@code linux/nsfs.h}. */
final class Nsfs {
  static final int NET = 0x4000_0000;
  static final int USER = 0x1000_0000;

  private static final long MAGIC = 0x6e736673;
  private static final int STATFS_SIZE = 120;
  private static final long NS_GET_USERNS = 0xb701;
  private static final long NS_GET_NSTYPE = 0xb703;
  private static final long MS_BIND = 4096;
  private static final int MNT_DETACH = 2;
  private static final int UMOUNT_NOFOLLOW = 8;
  private static final int PIN_MODE = 0444;
  private static final int MAX_ATTEMPTS = 3;

  private Nsfs() {}

  /**
   * Opens a namespace by path. Not blocking, because the path may turn out to be a FIFO.
   *
   * @throws NotANamespaceException if it is not a namespace of this type
   */
  static Fd open(Path path, int type) {
    Fd fd = Fd.open(path.toString(), OpenFlags.RDONLY | OpenFlags.NONBLOCK);
    if (isNsfs(fd) && Libc.ioctl(fd.number(), NS_GET_NSTYPE, 0) == type) {
      return fd;
    }
    fd.close();
    throw new NotANamespaceException(path, "a " + name(type) + " namespace");
  }

  /** The user namespace that owns a namespace. */
  static Fd owner(Fd namespace) {
    return Fd.own(Libc.ioctl(namespace.number(), NS_GET_USERNS, 0), "ioctl NS_GET_USERNS");
  }

  static long inode(Fd namespace) {
    try {
      return (Long) Files.getAttribute(link(namespace), "unix:ino");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Binds the namespace to a path that must not exist yet; its directory is made if missing. */
  static void pin(Fd namespace, Path path) {
    create(path);
    try {
      mount(link(namespace).toString(), path.toString(), MS_BIND);
    } catch (KernelException e) {
      delete(path);
      throw e;
    }
  }

  private static void create(Path path) {
    int flags = OpenFlags.CREAT | OpenFlags.EXCL | OpenFlags.CLOEXEC;
    String call = "create " + path;
    for (int attempt = 1; ; attempt++) {
      PinDirectory.prepare(path.toAbsolutePath().resolveSibling(""));
      Failpoint.hit(call);
      try {
        Fd.own(Libc.open(path.toString(), flags, PIN_MODE), call).close();
        return;
      } catch (KernelException e) {
        // Another process may take the empty directory away in between.
        if (e.errno() != Errno.ENOENT || attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  static void mount(String source, String target, long flags) {
    Failpoint.hit("mount " + target);
    if (Libc.mount(source, target, "none", flags, "") != 0) {
      throw KernelException.last("mount " + target);
    }
  }

  /**
   * Removes a pin, and the empty file that an interrupted {@link #pin} leaves.
   *
   * @return whether there was one
   * @throws NotANamespaceException if the path is something else, which is left alone
   */
  static boolean unpin(Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    while (isPinned(path)) {
      Failpoint.hit("umount " + path);
      if (Libc.umount2(path.toString(), MNT_DETACH | UMOUNT_NOFOLLOW) != 0) {
        throw KernelException.last("umount " + path);
      }
    }
    if (!isEmptyFile(path)) {
      throw new NotANamespaceException(path, "a pinned namespace");
    }
    Failpoint.hit("unlink " + path);
    delete(path);
    return true;
  }

  static boolean isPinned(Path path) {
    int flags = OpenFlags.PATH | OpenFlags.NOFOLLOW | OpenFlags.CLOEXEC;
    int number = Libc.open(path.toString(), flags, 0);
    if (number < 0 && Errno.of(Libc.errno()) == Errno.ENOENT) {
      return false;
    }
    try (Fd fd = Fd.own(number, "open " + path)) {
      return isNsfs(fd);
    }
  }

  private static boolean isEmptyFile(Path path) {
    try {
      return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNsfs(Fd fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment statfs = arena.allocate(STATFS_SIZE, Long.BYTES);
      if (Libc.fstatfs(fd.number(), statfs.address()) != 0) {
        throw KernelException.last("fstatfs");
      }
      return statfs.get(ValueLayout.JAVA_LONG, 0) == MAGIC;
    }
  }

  private static Path link(Fd fd) {
    return Path.of("/proc/thread-self/fd/" + fd.number());
  }

  private static String name(int type) {
    return type == NET ? "network" : "user";
  }
}
