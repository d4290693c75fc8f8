package io.arbalest.zone;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.netns.UserNamespace;
import io.arbalest.vnic.InvalidNameException;
import io.arbalest.vnic.ZoneName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a zone's two namespaces are pinned, and what is there.
 *
 * <p>The user namespace is pinned first and let go last, in a folder that is this instance's alone:
 * a file there is the claim that tells our network namespaces from others that bear a zone's name.
 * What is pinned under the zone's name in {@code /run/netns} is ours only if the namespace pinned
 * in our folder owns it.
 *
 * @param zone whose
 * @param network {@code /run/netns/NAME}
 * @param user in the instance's run folder
 */
public record ZonePins(ZoneName zone, Path network, Path user) {

  public static ZonePins of(Instance instance, ZoneName zone) {
    return new ZonePins(
        zone, instance.netnsPin(zone.text()), instance.userPins().resolve(zone.text()));
  }

  /** The pins of every zone that this instance has a claim for, finished or not. */
  public static List<ZonePins> all(Instance instance) {
    String[] names = instance.userPins().toFile().list();
    return names == null
        ? List.of()
        : Arrays.stream(names).sorted().flatMap(name -> claim(instance, name).stream()).toList();
  }

  /** Empty for a file that cannot be a zone's, and so is not ours. */
  private static Optional<ZonePins> claim(Instance instance, String name) {
    try {
      return Optional.of(of(instance, new ZoneName(name)));
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }

  /** The zone's network namespace, if both pins are there and belong together. */
  public Optional<NetworkNamespace> open() {
    if (!isMount(network) || !isMount(user)) {
      return Optional.empty();
    }
    NetworkNamespace found = NetworkNamespace.open(network);
    if (isOwned(found)) {
      return Optional.of(found);
    }
    found.close();
    return Optional.empty();
  }

  private boolean isOwned(NetworkNamespace found) {
    try (UserNamespace owner = found.owner();
        UserNamespace pinned = UserNamespace.open(user)) {
      return owner.inode() == pinned.inode();
    }
  }

  /** Whether something that is not ours stands where the zone's stack would be pinned. */
  boolean isTaken() {
    if (!Files.exists(network, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Optional<NetworkNamespace> own = open();
    own.ifPresent(NetworkNamespace::close);
    return own.isEmpty() && !isInterruptedPin();
  }

  /** The empty file of a pin that was cut short after the claim was made. */
  private boolean isInterruptedPin() {
    return isMount(user) && !isMount(network) && network.toFile().isFile();
  }

  /**
   * Removes both pins, and what an interrupted pinning left. A stack of somebody else's that bears
   * our name is left alone.
   */
  public void remove() {
    Optional<NetworkNamespace> own = open();
    own.ifPresent(NetworkNamespace::close);
    if (own.isPresent() || isInterruptedPin()) {
      NetworkNamespace.unpin(network);
    }
    UserNamespace.unpin(user);
    try {
      Files.deleteIfExists(user);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends the processes of a zone of which nothing is known but its pins, and removes them.
   *
   * @throws ZoneException if a process does not end
   */
  public void delete() {
    if (isMount(user)) {
      try (UserNamespace pinned = UserNamespace.open(user)) {
        new ZoneProcesses(pinned.inode(), id -> false).killAll(zone);
      }
    }
    remove();
  }

  private static boolean isMount(Path path) {
    return NetworkNamespace.isPinned(path);
  }
}
