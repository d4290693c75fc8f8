package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.PolicyView;
import io.arbalest.linux.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which frames leave under default protection, as data. Rows that start with a number are those of
 * the table that was read from illumos's source; where the guards are stricter, the row says so.
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
  public static final PortPolicy GRANTED =
      new PortPolicy(
          Frames.MAC, Protection.DEFAULT, STATIC.allowed(), Set.of(), Set.of(Grant.values()));

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
      return port.field(field);
    }

    @Override
    public boolean has(PolicyFlag flag) {
      return flags.contains(flag);
    }

    @Override
    public boolean contains(PolicySet set, long... key) {
      return port.contains(set, key);
    }

    @Override
    public boolean contains(PolicySet set, byte[] key) {
      return port.contains(set, key);
    }
  }

  /**
   * A row.
   *
   * @param reason of the drop; empty if the frame passes
   */
  public record Row(String name, Policy policy, Frame frame, Optional<DropReason> reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static PortPolicy learning(DynamicMethod method) {
    return new PortPolicy(Frames.MAC, Protection.DEFAULT, List.of(), Set.of(method), Set.of());
  }

  private final List<Row> rows = new ArrayList<>();
  private String section = "";

  /** All rows. */
  public static List<Row> rows() {
    DecisionTable table = new DecisionTable();
    table.section("link", LinkRows::addTo);
    table.section("arp", ArpRows::addTo);
    table.section("ipv4", Ipv4Rows::addTo);
    table.section("ipv6", Ipv6Rows::addTo);
    table.section("nd", NeighbourRows::addTo);
    table.section("without guards", UnguardedRows::addTo);
    return List.copyOf(table.rows);
  }

  private void section(String name, Consumer<DecisionTable> rows) {
    section = name;
    rows.accept(this);
  }

  void pass(String name, Policy policy, Frame frame) {
    rows.add(new Row(section + " " + name, policy, frame, Optional.empty()));
  }

  void drop(String name, Policy policy, DropReason reason, Frame frame) {
    rows.add(new Row(section + " " + name, policy, frame, Optional.of(reason)));
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
