package io.arbalest.zone.store;

import io.arbalest.linux.sys.Failpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that only this user can reach, and its files.
 *
 * <p>Each operation opens the folder anew, checks whose it is by its descriptor, and works relative
 * to that descriptor, so that neither the folder nor a file in it can be swapped for a symbolic
 * link between the check and the use. Names are plain: no slash.
 */
final class SafeFolder {
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FOREIGN =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);
  private static final Path SELF = Path.of("/proc/self");

  private final Path path;

  private SafeFolder(Path path) {
    this.path = path;
  }

  /**
   * Opens a folder, making it and its parents if need be.
   *
   * @throws StoreException if it is a link, belongs to somebody else, or is open to others
   */
  static SafeFolder open(Path path) {
    try {
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Failpoint.hit("store mkdir " + path);
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
      }
      SafeFolder folder = new SafeFolder(path);
      folder.secure().close();
      return folder;
    } catch (IOException e) {
      throw new StoreException("cannot open folder " + path, e);
    }
  }

  Path path() {
    return path;
  }

  /** The names in the folder, sorted. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    try (SecureDirectoryStream<Path> folder = secure()) {
      for (Path entry : folder) {
        names.add(entry.getFileName().toString());
      }
    } catch (IOException e) {
      throw new StoreException("cannot list " + path, e);
    }
    Collections.sort(names);
    return names;
  }

  /**
   * The content of a file.
   *
   * @throws StoreException if it is not a plain file of this user, or is longer than {@code max}
   */
  byte[] read(String name, int max) {
    try (SecureDirectoryStream<Path> folder = secure()) {
      Path entry = plain(name);
      PosixFileAttributes file = attributes(folder, entry);
      if (!file.isRegularFile() || file.size() > max) {
        throw new StoreException(
            name + ": must be a plain file of at most " + max + " bytes, not a link or a device");
      }
      Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      try (SeekableByteChannel channel = folder.newByteChannel(entry, options)) {
        ByteBuffer content = ByteBuffer.allocate(max + 1);
        while (channel.read(content) > 0) {
          // reads until the end of the file or of the buffer
        }
        if (!content.hasRemaining()) {
          throw new StoreException(name + ": grew over " + max + " bytes while it was read");
        }
        byte[] bytes = new byte[content.flip().remaining()];
        content.get(bytes);
        return bytes;
      }
    } catch (IOException e) {
      throw new StoreException("cannot read " + path.resolve(name), e);
    }
  }

  /** Puts a file in place of what had its name, durably; a failure leaves the old content. */
  void write(String name, byte[] content) {
    String temporary = name + ".tmp";
    Failpoint.hit("store write " + name);
    try (SecureDirectoryStream<Path> folder = secure()) {
      deleteIfThere(folder, temporary);
      try {
        writeNew(folder, temporary, content);
        Failpoint.hit("store rename " + name);
        folder.move(plain(temporary), folder, plain(name));
      } catch (IOException | RuntimeException e) {
        deleteIfThere(folder, temporary);
        throw e;
      }
      sync();
    } catch (IOException e) {
      throw new StoreException("cannot write " + path.resolve(name), e);
    }
  }

  private static void writeNew(SecureDirectoryStream<Path> folder, String name, byte[] content)
      throws IOException {
    Set<OpenOption> options =
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
    try (SeekableByteChannel channel =
        folder.newByteChannel(
            plain(name), options, PosixFilePermissions.asFileAttribute(OWNER_FILE))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      ((FileChannel) channel).force(true);
    }
  }

  /** Renames a file within the folder, durably. */
  void rename(String from, String to) {
    Failpoint.hit("store rename " + from);
    try (SecureDirectoryStream<Path> folder = secure()) {
      folder.move(plain(from), folder, plain(to));
      sync();
    } catch (IOException e) {
      throw new StoreException("cannot rename " + path.resolve(from) + " to " + to, e);
    }
  }

  /** Removes a file, durably; nothing happens if it is not there. */
  void delete(String name) {
    Failpoint.hit("store delete " + name);
    try (SecureDirectoryStream<Path> folder = secure()) {
      deleteIfThere(folder, name);
      sync();
    } catch (IOException e) {
      throw new StoreException("cannot delete " + path.resolve(name), e);
    }
  }

  /** Removes the folder itself if it is empty. */
  void deleteIfEmpty() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Not empty: somebody's evidence or somebody's file. It stays.
      return;
    }
  }

  private static void deleteIfThere(SecureDirectoryStream<Path> folder, String name)
      throws IOException {
    try {
      folder.deleteFile(plain(name));
    } catch (NoSuchFileException e) {
      // gone already
    }
  }

  private void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static PosixFileAttributes attributes(SecureDirectoryStream<Path> folder, Path entry)
      throws IOException {
    return view(folder.getFileAttributeView(
            entry, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
        .readAttributes();
  }

  private static PosixFileAttributeView view(@Nullable PosixFileAttributeView view) {
    if (view == null) {
      throw new StoreException("the state folder's file system has no owners and permissions");
    }
    return view;
  }

  /** The folder, opened and checked; the caller closes it. */
  @SuppressWarnings("StreamResourceLeak")
  private SecureDirectoryStream<Path> secure() throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(path);
    try {
      if (!(stream instanceof SecureDirectoryStream<Path> folder)) {
        throw new StoreException("the state folder's file system cannot be read by descriptor");
      }
      checkOwner(view(folder.getFileAttributeView(PosixFileAttributeView.class)).readAttributes());
      return folder;
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private void checkOwner(PosixFileAttributes opened) throws IOException {
    PosixFileAttributes named =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!named.isDirectory() || !opened.fileKey().equals(named.fileKey())) {
      throw new StoreException("folder " + path + " must be a folder, not a symbolic link");
    }
    if (!opened.owner().equals(Files.getOwner(SELF))) {
      throw new StoreException("folder " + path + " belongs to " + opened.owner().getName());
    }
    if (!Collections.disjoint(opened.permissions(), FOREIGN)) {
      throw new StoreException(
          "folder "
              + path
              + " has mode "
              + PosixFilePermissions.toString(opened.permissions())
              + ": must be closed to group and others (chmod 700)");
    }
  }

  private static Path plain(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw new StoreException("invalid file name '" + name + "'");
    }
    return Path.of(name);
  }
}
