package io.arbalest.cli.protection;

import io.arbalest.cli.dladm.Links;
import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.LinkRow;
import io.arbalest.cli.table.AlignedRows;
import io.arbalest.cli.table.JsonLines;
import io.arbalest.cli.table.RowWriter;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.UsageException;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import io.arbalest.vnic.VnicKey;
import io.arbalest.zone.host.DropLog;
import io.arbalest.zone.host.SeenDrop;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/**
 * {@code drops}: the dropped frames that the daemon remembers, newest last, and with {@code -f}
 * those to come until the caller goes away. As JSON they are lines, each an object; as a capture
 * they go to a file.
 */
final class Drops implements Action {
  private final HostView host;
  private final Session session;

  @Option(names = {"-f", "--follow"})
  private boolean follow;

  @Option(names = "--vnic")
  private Optional<String> vnic = Optional.empty();

  @Option(names = {"-n", "--count"})
  private Optional<String> count = Optional.empty();

  @Option(names = "--json")
  private boolean json;

  @Option(names = "--pcap")
  private Optional<String> pcap = Optional.empty();

  @Option(names = "--force")
  private boolean force;

  Drops(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    if (json && pcap.isPresent()) {
      throw new UsageException("only one of --json or --pcap may be used");
    }
    if (force && pcap.isEmpty()) {
      throw new UsageException("the option --force can be used only with --pcap");
    }
    int most = count.map(Drops::number).orElse(DropLog.CAPACITY);
    Optional<VnicKey> only = vnic.map(name -> key(Links.vnic(host, name)));
    if (pcap.isPresent()) {
      return capture(most, only);
    }
    RowWriter<SeenDrop> writer =
        json
            ? new JsonLines<>(DropRow.TABLE.columns())
            : new AlignedRows<>(DropRow.TABLE.select().columns(), session.window());
    session.out(writer.start());
    tell(most, only, drop -> session.out(writer.row(drop)));
    session.out(writer.end());
    return 0;
  }

  private int capture(int most, Optional<VnicKey> only) {
    String name = pcap.orElseThrow();
    try (CaptureFile file = CaptureFile.create(session.file(name), force)) {
      tell(most, only, file::add);
      session.out(file.packets() + " frames written to " + Words.printable(name) + "\n");
    }
    return 0;
  }

  private void tell(int most, Optional<VnicKey> only, Consumer<SeenDrop> sink) {
    if (follow) {
      long missed = new Follower(host.drops(), session).tell(most, only, sink);
      if (missed > 0) {
        session.warn(missed + " drops came faster than they could be shown");
      }
    } else {
      last(most, only, host.drops().recent()).forEach(sink);
    }
  }

  /** The last ones of a VNIC's. */
  static List<SeenDrop> last(int most, Optional<VnicKey> only, List<SeenDrop> drops) {
    List<SeenDrop> wanted = drops.stream().filter(drop -> isOf(only, drop)).toList();
    return wanted.subList(Math.max(0, wanted.size() - most), wanted.size());
  }

  static boolean isOf(Optional<VnicKey> only, SeenDrop drop) {
    return only.isEmpty() || only.equals(drop.vnic());
  }

  private static VnicKey key(LinkRow link) {
    return new VnicKey(link.zone(), link.name());
  }

  private static int number(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int number = digits ? Integer.parseInt(text) : -1;
    if (number < 0 || number > DropLog.CAPACITY) {
      throw new VerbException(
          "invalid count '%s'; allowed: 0 to %d"
              .formatted(Words.printable(text), DropLog.CAPACITY));
    }
    return number;
  }
}
