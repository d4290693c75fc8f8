package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.Outcome;
import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.PolicyView;
import io.arbalest.antispoof.rules.Topic;
import io.arbalest.antispoof.rules.Verdict;
import io.arbalest.linux.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which frames leave a zone, as data. Rows that start with a number are those of the table that was
 * read from illumos's source; where the guards are stricter, the row says so.
 */
public final class DecisionTable {
  /** Fixed addresses, no dynamic method. */
  public static final PortPolicy STATIC =
      PortPolicy.of(
          Frames.MAC,
          IpPrefix.parse("10.0.0.5/32"),
          IpPrefix.parse("10.1.0.0/16"),
          IpPrefix.parse("fd00::5/128"));

  /** Every dynamic method, nothing learned. */
  public static final PortPolicy DYNAMIC =
      new PortPolicy(
          Frames.MAC, Protection.DEFAULT, List.of(), Set.of(DynamicMethod.values()), Set.of());

  /** No address and no way to one. */
  public static final PortPolicy EMPTY = PortPolicy.of(Frames.MAC);

  /** Roles granted. */
  public static final PortPolicy GRANTED = Policies.fixed().roles("dhcp-server", "router").policy();

  /** Nothing but mac-nospoof, and the guards that come with it. */
  public static final PortPolicy MAC_ONLY = STATIC.with(Protection.of(ProtectionMode.MAC_NOSPOOF));

  /** Nothing but ip-nospoof, and the guards that come with it. */
  public static final PortPolicy IP_ONLY = STATIC.with(Protection.of(ProtectionMode.IP_NOSPOOF));

  /** No address, but no mode that would mind. */
  public static final PortPolicy EMPTY_MAC_ONLY =
      EMPTY.with(Protection.of(ProtectionMode.MAC_NOSPOOF));

  /** Addresses from router advertisements alone. */
  public static final PortPolicy SLAAC = learning(DynamicMethod.SLAAC);

  /** Addresses from DHCPv6 alone. */
  public static final PortPolicy DHCPV6 = learning(DynamicMethod.DHCPV6);

  /** No protection. */
  public static final PortPolicy OPEN = STATIC.with(Protection.NONE);

  /**
   * A policy, with the switches that it asks for or with others, such as modes without the guards.
   */
  public record Policy(PortPolicy port, Set<PolicyFlag> flags) implements PolicyView {
    static Policy of(PortPolicy port) {
      return new Policy(port, port.flags());
    }

    /** The fixed addresses under just these switches. */
    static Policy raw(PolicyFlag... flags) {
      return new Policy(STATIC, Set.of(flags));
    }

    @Override
    public long field(PolicyField field) {
      return onHost().field(field);
    }

    private HostPolicy onHost() {
      return new HostPolicy(port, Policies.VTEPS);
    }

    @Override
    public boolean has(PolicyFlag flag) {
      return flags.contains(flag);
    }

    @Override
    public boolean contains(PolicySet set, long... key) {
      return onHost().contains(set, key);
    }

    @Override
    public boolean contains(PolicySet set, byte[] key) {
      return onHost().contains(set, key);
    }
  }

  /**
   * A row.
   *
   * @param reason of the drop; empty if the frame passes
   * @param topics under which it is shown to the learner
   */
  public record Row(
      String name, Policy policy, Frame frame, Optional<DropReason> reason, Set<Topic> topics) {
    @Override
    public String toString() {
      return name;
    }

    /** Whether a model's answer is the row's. */
    boolean agrees(Outcome outcome) {
      return reason.equals(reason(outcome)) && topics.equals(outcome.topics());
    }

    private static Optional<DropReason> reason(Outcome outcome) {
      return outcome.verdict() instanceof Verdict.Dropped dropped
          ? Optional.of(dropped.reason())
          : Optional.empty();
    }
  }

  private static PortPolicy learning(DynamicMethod method) {
    return new PortPolicy(Frames.MAC, Protection.DEFAULT, List.of(), Set.of(method), Set.of());
  }

  private final List<Row> rows = new ArrayList<>();
  private String section = "";

  /** All rows on what a zone sends. */
  public static List<Row> rows() {
    DecisionTable table = new DecisionTable();
    table.section("link", LinkRows::addTo);
    table.section("arp", ArpRows::addTo);
    table.section("ipv4", Ipv4Rows::addTo);
    table.section("ipv6", Ipv6Rows::addTo);
    table.section("nd", NeighbourRows::addTo);
    table.section("dhcpv4", Dhcpv4Rows::addTo);
    table.section("dhcpv6", Dhcpv6Rows::addTo);
    table.section("granted", GrantRows::addTo);
    table.section("link-local", LinkLocalRows::addTo);
    table.section("guards alone", UnguardedRows::addTo);
    table.section("illumos", IllumosRows::addTo);
    table.section("beyond illumos's table", CompatRows::addTo);
    table.section("well-behaved", WellBehavedRows::addTo);
    return List.copyOf(table.rows);
  }

  /** All rows on what is on its way to a zone. */
  public static List<Row> receptionRows() {
    DecisionTable table = new DecisionTable();
    table.section("own-only", ReceptionRows::addOwnOnly);
    table.section("ra-guard", ReceptionRows::addRouters);
    table.section("dhcp-guard", ReceptionRows::addServers);
    table.section("learning", ReceptionRows::addNotes);
    return List.copyOf(table.rows);
  }

  private void section(String name, Consumer<DecisionTable> rows) {
    section = name;
    rows.accept(this);
  }

  void add(
      String name, Policy policy, Frame frame, Optional<DropReason> reason, Set<Topic> topics) {
    rows.add(new Row(section + " " + name, policy, frame, reason, topics));
  }

  void pass(String name, Policy policy, Frame frame) {
    add(name, policy, frame, Optional.empty(), Set.of());
  }

  void drop(String name, Policy policy, DropReason reason, Frame frame) {
    add(name, policy, frame, Optional.of(reason), Set.of());
  }

  /** Passes, and is shown to the learner. */
  void note(String name, PortPolicy policy, Topic topic, byte[] frame) {
    add(name, Policy.of(policy), Frame.of(frame), Optional.empty(), Set.of(topic));
  }

  void pass(String name, PortPolicy policy, byte[] frame) {
    pass(name, Policy.of(policy), Frame.of(frame));
  }

  void drop(String name, PortPolicy policy, DropReason reason, byte[] frame) {
    drop(name, Policy.of(policy), reason, Frame.of(frame));
  }

  /** Passes with fixed addresses. */
  void pass(String name, byte[] frame) {
    pass(name, STATIC, frame);
  }

  /** Is dropped with fixed addresses. */
  void drop(String name, DropReason reason, byte[] frame) {
    drop(name, STATIC, reason, frame);
  }
}
