package io.arbalest.antispoof;

import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.Switchboard;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A process that holds guard and switchboard, takes over what its killed predecessor left, and goes
 * on changing the attacker's VNIC until it is killed itself. It says what it has done, octet by
 * octet.
 */
final class RaceDaemon implements AutoCloseable {
  static final String INSTANCE = "race-test";
  static final LinkName STUB = new LinkName("stub0");
  static final VnicKey EVIL = VnicKey.parse("evil/net0");

  /** Addresses under the two policies between which the VNIC is switched. */
  static final String FIRST = "10.0.0.5";

  static final String SECOND = "10.0.0.7";

  /** The octet said when the last change of a turn is done. */
  private static final int TURN = '.';

  private static final Set<String> MODES = Set.of("mac-nospoof", "restricted", "ip-nospoof");

  /** So long each policy is in force. */
  private static final int MILLIS = 4;

  private final Process process;

  private RaceDaemon(Process process) {
    this.process = process;
  }

  static VnicSpec evil(ProtectionSpec protection) {
    MacAssignment mac = MacAssignment.fixed(Frames.MAC);
    return new VnicSpec(EVIL, STUB, mac, OptionalInt.empty(), protection);
  }

  static VnicSpec evil(String address) {
    return evil(ProtectionSpec.of(MODES, List.of(IpPrefix.parse(address))));
  }

  /** Starts one on the namespaces of this process; it waits to be told to {@link #go}. */
  static RaceDaemon start(Path pins, NetworkNamespace home, NetworkNamespace evil)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(RaceDaemon.class.getName(), pins.toString()));
    command.addAll(List.of(path(home), path(evil)));
    return new RaceDaemon(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private static String path(NetworkNamespace namespace) {
    return "/proc/" + ProcessHandle.current().pid() + "/fd/" + namespace.fd().number();
  }

  /** Lets it begin: a JVM takes its time to start, which may be while another one works. */
  RaceDaemon go() throws IOException {
    process.getOutputStream().write(TURN);
    process.getOutputStream().flush();
    return this;
  }

  /** Waits until it has gone once through all changes. */
  void awaitTurn() throws IOException {
    int said = process.getInputStream().read();
    while (said != TURN) {
      if (said < 0) {
        throw new IOException("the daemon died by itself");
      }
      said = process.getInputStream().read();
    }
  }

  /** As {@code kill -9}. */
  @Override
  public void close() throws IOException, InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    process.getInputStream().close();
    process.getOutputStream().close();
  }

  public static void main(String[] arguments) throws InterruptedException, IOException {
    // The end of the stream: the parent is dead.
    if (System.in.read() != TURN) {
      return;
    }
    Bpffs pins = Bpffs.mount(Path.of(arguments[0]));
    try (Guard guard = Guard.open(pins);
        NetworkNamespace home = NetworkNamespace.open(Path.of(arguments[1]));
        NetworkNamespace zone = NetworkNamespace.open(Path.of(arguments[2]));
        Switchboard board = home.call(() -> Switchboard.open(INSTANCE, pins, guard))) {
      board.sweep();
      takeOver(board, zone);
      // The parent closes its end when it dies, and then there is nobody to write to.
      while (!System.out.checkError()) {
        turn(board, zone);
      }
    }
  }

  private static void takeOver(Switchboard board, NetworkNamespace zone) {
    if (board.adopt(evil(FIRST))) {
      return;
    }
    if (board.ports().containsKey(EVIL)) {
      board.removePort(EVIL);
    }
    board.addPort(evil(FIRST), zone);
  }

  private static void turn(Switchboard board, NetworkNamespace zone) throws InterruptedException {
    Thread.sleep(MILLIS);
    say('b', board.adopt(evil(SECOND)));
    Thread.sleep(MILLIS);
    say('a', board.adopt(evil(FIRST)));
    board.removePort(EVIL);
    say('-', true);
    board.addPort(evil(FIRST), zone);
    say(TURN, true);
  }

  private static void say(int what, boolean done) {
    if (!done) {
      throw new IllegalStateException("the VNIC could not be adopted");
    }
    System.out.write(what);
    System.out.flush();
  }
}
