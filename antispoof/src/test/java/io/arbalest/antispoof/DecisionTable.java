package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;
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

  /** No protection. */
  public static final PortPolicy OPEN = STATIC.with(Protection.NONE);

  /**
   * A row.
   *
   * @param reason of the drop; empty if the frame passes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Row(String name, PortPolicy policy, byte[] frame, Optional<DropReason> reason) {
    @Override
    public String toString() {
      return name;
    }
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
    return List.copyOf(table.rows);
  }

  private void section(String name, Consumer<DecisionTable> rows) {
    section = name;
    rows.accept(this);
  }

  void pass(String name, PortPolicy policy, byte[] frame) {
    rows.add(new Row(section + " " + name, policy, frame, Optional.empty()));
  }

  void drop(String name, PortPolicy policy, DropReason reason, byte[] frame) {
    rows.add(new Row(section + " " + name, policy, frame, Optional.of(reason)));
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
