package io.arbalest.testing;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.netns.NotANamespaceException;
import io.arbalest.linux.rtnetlink.BpfFilter;
import io.arbalest.linux.rtnetlink.Direction;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Links, addresses, qdiscs and filters of network namespaces. */
final class NetworkInventory {
  private static final Path PROC = Path.of("/proc");

  private NetworkInventory() {}

  /** What is in the namespace of the calling thread. */
  static List<String> currentNamespace() {
    try (NetworkNamespace current = NetworkNamespace.current()) {
      return contents(current);
    }
  }

  /** Every other namespace that has a process in it, or a pin, and what is in it. */
  static List<String> otherNamespaces() {
    List<String> lines = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    try (NetworkNamespace current = NetworkNamespace.current()) {
      seen.add(current.inode());
    }
    Stream.concat(processes(), MachineInventory.namespacePins())
        .forEach(path -> addOnce(path, seen, lines));
    return lines;
  }

  private static void addOnce(Path path, Set<Long> seen, List<String> lines) {
    try (NetworkNamespace namespace = NetworkNamespace.open(path)) {
      if (seen.add(namespace.inode())) {
        lines.add("netns " + namespace.inode());
        lines.addAll(contents(namespace));
      }
    } catch (KernelException | NotANamespaceException gone) {
      // The process ended, or it is a pin of another kind of namespace.
    }
  }

  private static Stream<Path> processes() {
    try (Stream<Path> all = Files.list(PROC)) {
      return all
          .filter(entry -> Character.isDigit(entry.getFileName().toString().charAt(0)))
          .map(entry -> entry.resolve("ns/net"))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static List<String> contents(NetworkNamespace namespace) {
    List<String> lines = new ArrayList<>();
    String where = namespace.inode() + "/";
    try (Rtnetlink kernel = Rtnetlink.open(namespace)) {
      for (Link link : kernel.links().list()) {
        lines.add("link " + where + link.name() + " " + link.kind().name() + " " + link.alias());
        addTraffic(kernel, link, where, lines);
      }
      kernel.addresses().list().stream()
          .filter(address -> !address.prefix().address().isLinkLocalAddress())
          .forEach(address -> lines.add("address " + where + address.prefix()));
    }
    return lines;
  }

  private static void addTraffic(Rtnetlink kernel, Link link, String where, List<String> lines) {
    if (!kernel.traffic().hasClsact(link.index())) {
      return;
    }
    lines.add("qdisc " + where + link.name() + " clsact");
    for (Direction direction : Direction.values()) {
      for (BpfFilter filter : kernel.traffic().filters(link.index(), direction)) {
        lines.add("filter " + where + link.name() + " " + direction + " " + filter.place());
      }
    }
  }
}
