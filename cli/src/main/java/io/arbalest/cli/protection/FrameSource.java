package io.arbalest.cli.protection;

import io.arbalest.antispoof.explain.FrameForm;
import io.arbalest.antispoof.explain.PcapCodec;
import io.arbalest.antispoof.explain.PcapPacket;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.UsageException;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of {@code explain} that say which frame is meant: just one of them. */
final class FrameSource {
  private static final int MAX_FILE = 16 << 20;
  private static final int MAX_FRAMES = 1_000;

  @Option(names = "--frame")
  private Optional<String> frame = Optional.empty();

  @Option(names = "--pcap")
  private Optional<String> pcap = Optional.empty();

  @Option(names = "--arp")
  private Optional<String> arp = Optional.empty();

  @Option(names = "--udp")
  private Optional<String> udp = Optional.empty();

  @Option(names = "--icmp")
  private Optional<String> icmp = Optional.empty();

  /**
   * A frame.
   *
   * @param bytes all of it; what a capture did not keep is zero
   * @param missing how many bytes at its end a capture did not keep
   */
  @SuppressWarnings("ArrayRecordComponent") // a view: never compared
  record Given(byte[] bytes, int missing) {}

  /**
   * The frames that are meant.
   *
   * @throws VerbException if the words are none
   */
  List<Given> frames(FrameForm form, Session session) {
    requireOne();
    if (pcap.isPresent()) {
      return capture(session.file(pcap.get()));
    }
    return List.of(new Given(checked(() -> one(form)), 0));
  }

  private void requireOne() {
    if (Stream.of(frame, pcap, arp, udp, icmp).filter(Optional::isPresent).count() != 1) {
      throw new UsageException("need just one of --frame, --pcap, --arp, --udp or --icmp");
    }
  }

  private byte[] one(FrameForm form) {
    return frame
        .map(FrameForm::hex)
        .or(() -> arp.map(form::arp))
        .or(() -> udp.map(form::udp))
        .or(() -> icmp.map(form::icmp))
        .orElseThrow();
  }

  private static <T> T checked(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new VerbException(Words.printable(String.valueOf(e.getMessage())), e);
    }
  }

  private static List<Given> capture(Path file) {
    byte[] bytes = read(file);
    List<PcapPacket> packets =
        checked(() -> PcapCodec.decode(bytes)).stream().limit(MAX_FRAMES + 1L).toList();
    if (packets.isEmpty() || packets.size() > MAX_FRAMES) {
      throw new VerbException(
          "'%s' has %s frames; 1 to %d are allowed"
              .formatted(
                  Words.printable(file.toString()), packets.isEmpty() ? "no" : "more", MAX_FRAMES));
    }
    return packets.stream().map(FrameSource::given).toList();
  }

  private static Given given(PcapPacket packet) {
    int length = (int) Math.min(packet.length(), FrameForm.LONGEST);
    int missing = Math.max(0, length - packet.bytes().length);
    return new Given(Arrays.copyOf(packet.bytes(), length), missing);
  }

  private static byte[] read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new VerbException("'" + Words.printable(file.toString()) + "' is not a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE + 1);
      if (bytes.length > MAX_FILE) {
        throw new VerbException(
            "'" + Words.printable(file.toString()) + "': at most " + MAX_FILE + " bytes allowed");
      }
      return bytes;
    } catch (IOException e) {
      throw new VerbException(
          "cannot read '" + Words.printable(file.toString()) + "': " + e.getMessage(), e);
    }
  }
}
