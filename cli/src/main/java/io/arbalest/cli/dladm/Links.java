package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.LinkRow;
import io.arbalest.cli.verb.UsageException;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import io.arbalest.vnic.InvalidNameException;
import io.arbalest.vnic.LinkClass;
import io.arbalest.vnic.LinkName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the links that somebody named. */
public final class Links {
  private Links() {}

  /**
   * A name for a link to be made.
   *
   * @throws VerbException if no link can be called so
   */
  static LinkName parse(String word) {
    try {
      return new LinkName(word);
    } catch (InvalidNameException e) {
      throw new VerbException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The operand that a verb cannot do without. */
  static String required(Optional<String> operand) {
    return operand.orElseThrow(() -> new UsageException(""));
  }

  /**
   * The links of a host that were asked for.
   *
   * @param zone the only zone whose links are wanted; {@code global} is the host itself
   * @param name {@code net0}, which may mean several zones' links, or {@code web/net0}; empty means
   *     all
   * @throws VerbException if a name was given and there is no such link
   */
  static List<LinkRow> find(HostView host, Optional<String> zone, Optional<String> name) {
    List<LinkRow> found =
        host.links().stream()
            .filter(link -> zone.isEmpty() || zone.get().equals(zoneOf(link)))
            .filter(link -> name.isEmpty() || isNamed(link, name.get()))
            .toList();
    if (found.isEmpty() && name.isPresent()) {
      throw invalid(name.get());
    }
    return found;
  }

  /**
   * The links of one class that were asked for; as {@link #find}.
   *
   * @throws VerbException also if the name is that of a link of another class
   */
  static List<LinkRow> find(
      HostView host, Optional<String> zone, Optional<String> name, LinkClass kind) {
    List<LinkRow> named = find(host, zone, name);
    List<LinkRow> found = named.stream().filter(link -> link.kind() == kind).toList();
    if (found.isEmpty() && name.isPresent()) {
      throw notA(name.get(), kind);
    }
    return found;
  }

  /**
   * The one link that was asked for; as {@link #find}.
   *
   * @throws VerbException also if several zones have a link of that name
   */
  static LinkRow one(HostView host, Optional<String> zone, String name) {
    return only(find(host, zone, Optional.of(name)), name);
  }

  /**
   * The one VNIC that was asked for, as {@code net0} or {@code web/net0}.
   *
   * @throws VerbException if there is none, or several
   */
  public static LinkRow vnic(HostView host, String name) {
    return only(find(host, Optional.empty(), Optional.of(name), LinkClass.VNIC), name);
  }

  /** The only one of the links that a name was found to mean. */
  static LinkRow only(List<LinkRow> found, String name) {
    if (found.size() > 1) {
      throw new VerbException(
          found.stream()
              .map(LinkRow::fullName)
              .collect(Collectors.joining(", ", "'" + name + "' is ambiguous: ", "")));
    }
    return found.getFirst();
  }

  static VerbException notA(String name, LinkClass kind) {
    String article = kind == LinkClass.VNIC ? "a" : "an";
    return new VerbException(
        "'" + Words.printable(name) + "' is not " + article + " " + kind.text());
  }

  static VerbException invalid(String name) {
    return new VerbException("invalid link name '" + Words.printable(name) + "'");
  }

  private static boolean isNamed(LinkRow link, String name) {
    return link.name().text().equals(name) || link.fullName().equals(name);
  }

  private static String zoneOf(LinkRow link) {
    return link.zone().map(zone -> zone.text()).orElse("global");
  }
}
