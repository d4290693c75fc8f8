package io.arbalest.overlay.directory;

import io.arbalest.overlay.Vtep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The search plugin {@code files}: a static table in a JSON file ({@link FilesFormat}).
 *
 * <p>It is read when the overlay starts and when an operator asks for it. If the new file is bad,
 * the old table stays in force and the directory is degraded until a good file is read. Safe for
 * use by several threads.
 */
public final class FilesDirectory implements Directory {
  /** The longest file that is read. */
  public static final int MAX_BYTES = 1 << 20;

  private final Path config;
  private final Vtep own;
  private volatile DirectorySnapshot snapshot;
  private volatile DirectoryHealth health = DirectoryHealth.ONLINE;

  private FilesDirectory(Path config, Vtep own, List<DirectoryEntry> entries) {
    this.config = config;
    this.own = own;
    this.snapshot = DirectorySnapshot.of(own, entries);
  }

  /**
   * Starts with a file that must be good.
   *
   * @param config the file
   * @param own this host's VTEP
   * @throws DirectoryException if the file cannot be read or breaks the format
   */
  public static FilesDirectory open(Path config, Vtep own) {
    return new FilesDirectory(config, own, read(config, own));
  }

  /**
   * Starts in any case: without a good file the table is empty and the directory degraded. For an
   * overlay that already exists and must not vanish because its file was damaged meanwhile.
   */
  public static FilesDirectory openOrHold(Path config, Vtep own) {
    FilesDirectory directory = new FilesDirectory(config, own, List.of());
    directory.reload();
    return directory;
  }

  @Override
  public DirectorySnapshot current() {
    return snapshot;
  }

  @Override
  public DirectoryHealth health() {
    return health;
  }

  @Override
  public synchronized DirectoryHealth reload() {
    try {
      snapshot = DirectorySnapshot.of(own, read(config, own));
      health = DirectoryHealth.ONLINE;
    } catch (DirectoryException e) {
      health = DirectoryHealth.degraded(e.sentence());
    }
    return health;
  }

  @Override
  public void close() {
    // The file is open only while it is read.
  }

  private static List<DirectoryEntry> read(Path config, Vtep own) {
    return FilesFormat.read(config.toString(), text(config), own);
  }

  private static String text(Path config) {
    byte[] octets = octets(config);
    if (octets.length > MAX_BYTES) {
      throw new DirectoryException(config + ": longer than 1 MiB, which is the most allowed");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      throw new DirectoryException(config + ": not text in UTF-8", e);
    }
  }

  private static byte[] octets(Path config) {
    // Opening a pipe would wait for its writer.
    if (Files.exists(config) && !Files.isRegularFile(config)) {
      throw new DirectoryException(config + ": a regular file is allowed");
    }
    try (InputStream file = Files.newInputStream(config)) {
      return file.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new DirectoryException(config + ": no such file", e);
    } catch (IOException e) {
      throw new DirectoryException(config + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
