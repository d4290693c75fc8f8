package io.arbalest.zone.lab;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes away what is mounted below a folder. */
final class Mounts {
  private static final int MOUNT_POINT = 4;
  private static final int MNT_DETACH = 2;
  private static final int UMOUNT_NOFOLLOW = 8;

  private Mounts() {}

  /** Unmounts everything below a folder, the deepest and newest first. */
  static void unmountBelow(Path folder) {
    below(folder).reversed().forEach(Mounts::unmount);
  }

  private static List<String> below(Path folder) {
    String prefix = folder.toAbsolutePath() + "/";
    try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines
          .map(line -> line.split(" ")[MOUNT_POINT].replace("\\040", " "))
          .filter(point -> point.startsWith(prefix))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void unmount(String point) {
    Failpoint.hit("umount " + point);
    if (Libc.umount2(point, MNT_DETACH | UMOUNT_NOFOLLOW) != 0
        && Errno.of(Libc.errno()) != Errno.EINVAL) {
      throw KernelException.last("umount " + point);
    }
  }
}
