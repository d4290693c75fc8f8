package io.arbalest.linux.bpf;

import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A BPF file system of our own: one flat directory of pinned maps and programs, which live until
 * they are removed or the file system is unmounted, whatever becomes of this process.
 *
 * <p>It is mounted in the mount namespace of the calling thread. Mounting what is mounted and
 * unmounting what is not are harmless, so that a start after a crash needs no special case.
 */
public final class Bpffs {
  private static final String TYPE = "bpf";
  private static final long NOSUID_NODEV_NOEXEC = 2 | 4 | 8;
  private static final int UMOUNT_NOFOLLOW = 8;

  /** The kernel keeps names with a dot for itself, such as {@code maps.debug}. */
  private static final Pattern PIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Ends the name of a pin that is about to take another's place; no pin can be called so. */
  private static final String NEXT = "~next";

  private final Path directory;

  private Bpffs(Path directory) {
    this.directory = directory;
  }

  /**
   * Mounts a BPF file system, with access for its owner alone, unless one is there.
   *
   * @param directory is made if missing; its parents are not
   * @throws KernelException if the kernel refuses the mount
   */
  public static Bpffs mount(Path directory) {
    Path real = realDirectory(directory);
    if (!MountTable.ofThisThread().isMounted(real, TYPE)) {
      String call = "mount bpf " + real;
      Failpoint.hit(call);
      if (Libc.mount(TYPE, real.toString(), TYPE, NOSUID_NODEV_NOEXEC, "mode=0700") != 0) {
        throw KernelException.last(call);
      }
    }
    return new Bpffs(real);
  }

  /** Names a BPF file system that may or may not be mounted, for those who only want it gone. */
  public static Bpffs at(Path directory) {
    return new Bpffs(directory.toAbsolutePath().normalize());
  }

  private static Path realDirectory(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectory(directory);
      }
      return directory.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory " + directory, e);
    }
  }

  /** Unmounts it, which drops its pins; the empty directory stays. */
  public void unmount() {
    while (MountTable.ofThisThread().isMounted(directory, TYPE)) {
      String call = "umount " + directory;
      Failpoint.hit(call);
      if (Libc.umount2(directory.toString(), UMOUNT_NOFOLLOW) != 0) {
        throw KernelException.last(call);
      }
    }
  }

  public Path directory() {
    return directory;
  }

  /**
   * The path of a pin, whether there is one or not.
   *
   * @throws IllegalArgumentException if no pin can be called so
   */
  public Path path(String name) {
    if (!PIN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "pin name '" + name + "': 1 to 64 letters, digits, '_' and '-' are allowed");
    }
    return directory.resolve(name);
  }

  /** The names of the pins, in order, without what the kernel itself may put there. */
  public List<String> names() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> PIN.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  public boolean contains(String name) {
    return Files.exists(path(name));
  }

  /**
   * Opens the map that is pinned under the spec's name, or makes it and pins it.
   *
   * @throws MapMismatchException if the pinned one is of another kind or size
   */
  public BpfMap map(MapSpec spec) {
    Path path = path(spec.name());
    if (!Files.exists(path)) {
      return create(spec, path);
    }
    BpfMap map = BpfMap.open(path);
    if (!map.spec().equals(spec)) {
      map.close();
      throw new MapMismatchException(path, map.spec(), spec);
    }
    return map;
  }

  private static BpfMap create(MapSpec spec, Path path) {
    BpfMap map = BpfMap.create(spec);
    try {
      map.pin(path);
      return map;
    } catch (RuntimeException e) {
      map.close();
      throw e;
    }
  }

  /**
   * Pins a program under its name, in the place of one that is pinned there: at no moment is there
   * none.
   */
  public void pin(BpfProgram program) {
    Path path = path(program.name());
    Path next = directory.resolve(program.name() + NEXT);
    try {
      // One that a killed process left behind.
      Files.deleteIfExists(next);
      program.pin(next);
      Failpoint.hit("rename " + path);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot pin " + path, e);
    }
  }

  /** Opens a pinned program. */
  public BpfProgram program(String name) {
    return BpfProgram.open(path(name));
  }

  /** Removes a pin; false if there was none. */
  public boolean remove(String name) {
    Path path = path(name);
    Failpoint.hit("unlink " + path);
    try {
      return Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }

  @Override
  public String toString() {
    return "bpffs " + directory;
  }
}
