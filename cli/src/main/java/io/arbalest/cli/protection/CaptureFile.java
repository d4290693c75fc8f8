package io.arbalest.cli.protection;

import io.arbalest.antispoof.explain.PcapCodec;
import io.arbalest.antispoof.explain.PcapPacket;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import io.arbalest.zone.host.SeenDrop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A capture file under way. It is made new and for its owner alone, and never through a symbolic
 * link, because it is the daemon that writes it, wherever the caller asked.
 */
final class CaptureFile implements AutoCloseable {
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final Set<OpenOption> OVER =
      Set.of(
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING,
          LinkOption.NOFOLLOW_LINKS);
  private static final int MILLIS = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Path path;
  private final FileChannel channel;
  private long packets;

  private CaptureFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Starts a file.
   *
   * @param force whether one that exists is written over
   * @throws VerbException if it exists all the same, or cannot be made
   */
  static CaptureFile create(Path path, boolean force) {
    try {
      boolean over = force && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
      FileChannel channel =
          over
              ? FileChannel.open(path, OVER)
              : FileChannel.open(
                  path,
                  NEW,
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------")));
      CaptureFile file = new CaptureFile(path, channel);
      file.append(PcapCodec.header());
      return file;
    } catch (FileAlreadyExistsException e) {
      String hint = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? "; see --force" : "";
      throw new VerbException("'" + Words.printable(path.toString()) + "' exists" + hint, e);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  private static VerbException failure(Path path, IOException e) {
    return new VerbException(
        "cannot write '"
            + Words.printable(path.toString())
            + "': "
            + e.getClass().getSimpleName()
            + " "
            + Words.printable(String.valueOf(e.getMessage())),
        e);
  }

  void add(SeenDrop drop) {
    long millis = drop.wallMillis();
    append(
        PcapCodec.packet(
            new PcapPacket(
                Math.floorDiv(millis, (long) MILLIS),
                Math.floorMod(millis, MILLIS) * NANOS_PER_MILLI,
                Math.max(drop.event().length(), drop.event().head().length),
                drop.event().head())));
    packets++;
  }

  private void append(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** How many packets are in it. */
  long packets() {
    return packets;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(path, e);
    }
  }
}
