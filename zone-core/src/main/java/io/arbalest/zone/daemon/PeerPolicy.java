package io.arbalest.zone.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Who may speak to the daemon: root, or the group that owns the socket, and only from the user
 * namespace that the daemon itself lives in.
 *
 * <p>The socket's mode says the first already. The kernel's word on the peer is checked all the
 * same, because a zone may be handed the socket by a mount, and an id of its own may happen to be
 * one of the host's.
 *
 * @param gid the group of the socket
 * @param userNamespace the link text of the daemon's own {@code /proc/self/ns/user}
 */
record PeerPolicy(int gid, Path userNamespace) {

  /** The policy of a socket that exists. */
  static PeerPolicy of(Path socket) throws IOException {
    int gid = (Integer) Files.getAttribute(socket, "unix:gid");
    return new PeerPolicy(gid, Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
  }

  /**
   * Why a peer is refused; empty if it is welcome.
   *
   * @param gids the groups that the kernel noted when the peer connected
   */
  Optional<String> refusal(int pid, int uid, int... gids) {
    try {
      if (!Files.readSymbolicLink(process(pid, "ns/user")).equals(userNamespace)) {
        return Optional.of("process " + pid + " lives in another user namespace");
      }
      boolean member = IntStream.concat(Arrays.stream(gids), groups(pid)).anyMatch(g -> g == gid);
      return uid == 0 || member
          ? Optional.empty()
          : Optional.of("user " + uid + " is neither root nor of group " + gid);
    } catch (IOException e) {
      return Optional.of("process " + pid + " cannot be looked at");
    }
  }

  /** The supplementary groups, which SO_PEERCRED leaves out. */
  private static IntStream groups(int pid) throws IOException {
    return Files.readAllLines(process(pid, "status")).stream()
        .filter(line -> line.startsWith("Groups:"))
        .flatMap(line -> Arrays.stream(line.substring("Groups:".length()).strip().split(" ")))
        .filter(group -> !group.isEmpty())
        .mapToInt(Integer::parseUnsignedInt);
  }

  private static Path process(int pid, String file) {
    return Path.of("/proc", Integer.toString(pid), file);
  }
}
