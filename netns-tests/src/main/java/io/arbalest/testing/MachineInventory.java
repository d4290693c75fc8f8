package io.arbalest.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Mounts and files that outlive a process. */
final class MachineInventory {
  private static final int MOUNT_POINT = 4;
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("/run/netns"),
          Path.of("/run/arbalest"),
          Path.of("/var/lib/arbalest"),
          Path.of("/sys/fs/bpf"));

  private MachineInventory() {}

  /** Every mount point of this mount namespace, with its type. */
  static List<String> mounts() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines.map(MachineInventory::mount).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where namespaces of any kind are pinned. */
  static Stream<Path> namespacePins() {
    return mounts().stream()
        .filter(mount -> mount.endsWith(" nsfs"))
        .map(mount -> Path.of(mount.split(" ")[1]));
  }

  /** Every file below the folders that the project and iproute2 use for pins and state. */
  static List<String> files() {
    return FOLDERS.stream().filter(Files::isDirectory).flatMap(MachineInventory::walk).toList();
  }

  private static String mount(String line) {
    String type = line.substring(line.indexOf(" - ") + 3).split(" ", 2)[0];
    return "mount " + line.split(" ")[MOUNT_POINT] + " " + type;
  }

  private static Stream<String> walk(Path folder) {
    try (Stream<Path> below = Files.walk(folder)) {
      // Listed at once: a pin may vanish while a lazy walk is under way.
      return below.filter(file -> !file.equals(folder)).map(f -> "file " + f).toList().stream();
    } catch (IOException | UncheckedIOException vanished) {
      return Stream.of("file " + folder + " changed while it was read");
    }
  }
}
