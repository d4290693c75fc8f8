package io.arbalest.zone.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files in which a kernel tells of itself.
 *
 * @param root where {@code proc} and {@code sys} are; another place than {@code /} in tests
 */
record SystemFiles(Path root) {
  boolean exists(String path) {
    return Files.exists(root.resolve(path));
  }

  /** The text without its line end; empty if there is no such file, or it tells nothing. */
  Optional<String> read(String path) {
    try {
      return Optional.of(Files.readString(root.resolve(path)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A sysctl by its path below {@code /proc/sys}. */
  Optional<String> sysctl(String path) {
    return read("proc/sys/" + path);
  }

  /** A sysctl that is a number. */
  Optional<Long> number(String path) {
    return sysctl(path).filter(text -> text.matches("-?[0-9]{1,18}")).map(Long::valueOf);
  }

  /** Whether the kernel knows a file system of that type. */
  boolean knowsFilesystem(String type) {
    return read("proc/filesystems").orElse("").lines().anyMatch(line -> line.endsWith("\t" + type));
  }
}
