package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Seven rows of the decision table for each row of illumos's: each mode alone in the form of
 * illumos, then all modes in strict form.
 *
 * <p>A row is a text: its number, then for each of the columns MAC, RES, IP/S, IP/D, DHCP,
 * strict/S, strict/D the reason of the drop, {@code -} if the frame passes, or {@code ~topic} if it
 * passes and is shown to the learner. S has fixed addresses, D has every method and has learned
 * nothing.
 */
final class IllumosTable {
  private static final List<String> COLUMNS =
      List.of("MAC", "RES", "IP/S", "IP/D", "DHCP", "strict/S", "strict/D");
  private static final List<String> MODES =
      List.of("mac-nospoof", "restricted", "ip-nospoof", "ip-nospoof", "dhcp-nospoof");

  /** What the policies of a row have beside addresses and methods. */
  enum Kind {
    PLAIN,
    SECONDARY_MAC,
    LISTED_CLIENT,
    ANY_CLIENT,
    /** The method dhcpv4 beside fixed addresses. */
    DHCPV4_METHOD,
    /** Addresses that the zone got, by the methods that it has. */
    LEARNED
  }

  private final DecisionTable table;

  IllumosTable(DecisionTable table) {
    this.table = table;
  }

  void row(String text, byte[] wire) {
    row(Kind.PLAIN, text, wire);
  }

  void row(Kind kind, String text, byte[] wire) {
    String[] parts = text.split("\\|");
    String[] cells = (parts[1].strip() + " " + parts[2].strip()).split(" +");
    if (cells.length != COLUMNS.size()) {
      throw new IllegalArgumentException(text);
    }
    for (int column = 0; column < cells.length; column++) {
      cell(
          parts[0].strip() + " " + COLUMNS.get(column),
          policy(kind, column),
          cells[column],
          Frame.received(wire));
    }
  }

  private void cell(String name, PortPolicy policy, String cell, Frame frame) {
    boolean passes = cell.startsWith("-") || cell.startsWith("~");
    table.add(
        name,
        DecisionTable.Policy.of(policy),
        frame,
        passes ? Optional.empty() : Optional.of(reason(cell)),
        cell.startsWith("~")
            ? Set.of(Topic.valueOf(cell.substring(1).toUpperCase(Locale.ROOT)))
            : Set.of());
  }

  private static DropReason reason(String label) {
    return Arrays.stream(DropReason.values())
        .filter(reason -> reason.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(label));
  }

  private static PortPolicy policy(Kind kind, int column) {
    boolean strict = column >= MODES.size();
    boolean dynamic = COLUMNS.get(column).endsWith("/D");
    // In the form of illumos, saying nothing is asking for every method.
    Policies policies = dynamic ? strict ? Policies.dynamic() : Policies.empty() : Policies.fixed();
    if (!strict) {
      policies.modes(MODES.get(column), Protection.ILLUMOS_COMPAT);
    }
    switch (kind) {
      case PLAIN -> {}
      case SECONDARY_MAC -> policies.macs(Policies.SECOND_MAC);
      case LISTED_CLIENT -> policies.listedClients();
      case ANY_CLIENT -> policies.anyClient();
      case DHCPV4_METHOD -> {
        if (column != COLUMNS.indexOf("DHCP")) {
          policies.methods("dhcpv4");
        }
      }
      case LEARNED -> policies.learned("10.0.0.77", "2001:db8::8:20ff:fe11:2233", "2001:db8::d6");
    }
    return policies.policy();
  }
}
