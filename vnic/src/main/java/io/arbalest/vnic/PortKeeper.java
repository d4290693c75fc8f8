package io.arbalest.vnic;

import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.LinkKind;
import io.arbalest.linux.rtnetlink.Links;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.vnic.PortReport.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what somebody did to a port from outside, and puts it right: its filters first, then its
 * name and marks, and only then is it set up. A port whose filters cannot be attached is set down.
 */
final class PortKeeper {
  private final Links links;
  private final OwnerMark mark;
  private final PortFilters filters;

  PortKeeper(Links links, OwnerMark mark, PortFilters filters) {
    this.links = links;
    this.mark = mark;
    this.filters = filters;
  }

  /** Whether a link that changed looks as its port should; asks nobody. */
  boolean looksRight(VnicKey key, PortName port, Link link) {
    return link.up() && link.name().equals(port.name()) && isMarked(key, link);
  }

  private boolean isMarked(VnicKey key, Link link) {
    return mark.isOn(link) && link.alias().flatMap(mark::read).equals(Optional.of(key));
  }

  /** What was wrong with a port and was done about it; empty if it is as it should be. */
  Optional<PortReport> inspect(VnicKey key, PortName port) {
    Optional<Link> found = links.find(port.ifindex()).filter(link -> isStill(key, port, link));
    if (found.isEmpty()) {
      return Optional.of(
          report(key, port, Outcome.LOST, "gone from its namespace", "it has to be made again"));
    }
    Link link = found.get();
    List<String> damage = filters.damageToPort(link.index());
    return mark.isDoomed(link) || (damage.isEmpty() && looksRight(key, port, link))
        ? Optional.empty()
        : Optional.of(repair(key, port, link, damage));
  }

  /** An index may be another link's by now; one of the signs is left on ours. */
  private boolean isStill(VnicKey key, PortName port, Link link) {
    boolean signed =
        mark.isOn(link)
            || link.alias().flatMap(mark::read).equals(Optional.of(key))
            || link.name().equals(port.name());
    return link.kind() instanceof LinkKind.Veth && signed;
  }

  private PortReport repair(VnicKey key, PortName port, Link link, List<String> damage) {
    List<String> found = new ArrayList<>(damage);
    List<String> done = new ArrayList<>();
    if (!damage.isEmpty()) {
      Optional<KernelException> failure = refilter(link.index());
      if (failure.isPresent()) {
        String why = "could not be attached, set down: " + failure.get().getMessage();
        return report(key, port, Outcome.BROKEN, String.join(", ", found), why);
      }
      done.add("attached again");
    }
    boolean signed = repairSigns(key, port, link, found, done);
    boolean raised = raise(link, found, done);
    Outcome outcome = signed && raised ? Outcome.REPAIRED : Outcome.BROKEN;
    return report(key, port, outcome, String.join(", ", found), String.join(", ", done));
  }

  /** Brings a port's programs up to date; if that cannot be, it is down afterwards. */
  void refilterUnlessRight(int ifindex) {
    if (!filters.areOnPort(ifindex)) {
      Optional<KernelException> unused = refilter(ifindex);
    }
  }

  /**
   * Attaches what belongs on a port, in place if that is possible, else anew while it is down.
   *
   * @return why it could not be; the port is down then
   */
  private Optional<KernelException> refilter(int ifindex) {
    if (attachInPlace(ifindex)) {
      return Optional.empty();
    }
    try {
      links.setDown(ifindex);
      filters.attachAnewToPort(ifindex);
      links.setUp(ifindex);
      return Optional.empty();
    } catch (KernelException e) {
      shut(ifindex, e);
      return Optional.of(e);
    }
  }

  private boolean attachInPlace(int ifindex) {
    try {
      filters.attachToPort(ifindex);
      return filters.areOnPort(ifindex);
    } catch (KernelException e) {
      return false;
    }
  }

  private void shut(int ifindex, KernelException failure) {
    try {
      links.setDown(ifindex);
    } catch (KernelException e) {
      failure.addSuppressed(e);
    }
  }

  private boolean repairSigns(
      VnicKey key, PortName port, Link link, List<String> found, List<String> done) {
    boolean whole = true;
    if (!link.name().equals(port.name())) {
      found.add("renamed to " + link.name());
      whole = attempt("renamed back", done, () -> links.rename(link.index(), port.name()));
    }
    if (!isMarked(key, link)) {
      found.add("mark changed");
      whole &= attempt("marked again", done, () -> markAgain(key, link));
    }
    return whole;
  }

  private void markAgain(VnicKey key, Link link) {
    links.setGroup(link.index(), mark.group());
    links.setAlias(link.index(), mark.alias(key));
  }

  private boolean raise(Link link, List<String> found, List<String> done) {
    if (link.up()) {
      return true;
    }
    found.add("down");
    return attempt("set up", done, () -> links.setUp(link.index()));
  }

  private static boolean attempt(String what, List<String> done, Runnable cure) {
    try {
      cure.run();
      done.add(what);
      return true;
    } catch (KernelException e) {
      done.add("not " + what + ": " + e.getMessage());
      return false;
    }
  }

  private static PortReport report(
      VnicKey key, PortName port, Outcome outcome, String found, String done) {
    String text = "port " + port.name() + " of " + key + ": " + found + "; " + done;
    return new PortReport(Optional.of(key), outcome, text);
  }
}
