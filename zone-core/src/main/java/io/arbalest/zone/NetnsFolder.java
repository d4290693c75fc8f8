package io.arbalest.zone;

import io.arbalest.linux.netns.PinDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code /run/netns} as this project finds it and leaves it: whoever makes the folder notes so
 * beside the instances' run folders, and the last to leave takes it away again.
 */
public final class NetnsFolder {
  private static final String NOTE = "made-run-netns";

  private NetnsFolder() {}

  /** To be called before anything is pinned there. */
  public static void note(Instance instance) {
    if (Files.exists(PinDirectory.RUN_NETNS)) {
      return;
    }
    try {
      Path note = note(instance.run());
      Files.createDirectories(note.getParent());
      Files.createFile(note);
    } catch (FileAlreadyExistsException e) {
      // Somebody else of ours is about to make it.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the folder away if we made it and nothing is pinned there any more. */
  public static void leave(Instance instance) {
    Path note = note(instance.run());
    if (Files.exists(note) && PinDirectory.removeIfEmpty()) {
      try {
        Files.deleteIfExists(note);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Path note(Path run) {
    return run.resolveSibling(NOTE);
  }
}
