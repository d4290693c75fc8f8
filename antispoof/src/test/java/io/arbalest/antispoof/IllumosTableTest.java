package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.DropGroup;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That the table of illumos is there in whole, and that each mode counts under its own name. */
class IllumosTableTest {
  private static final String SECTION = "illumos ";

  /** Row 5 is about a VLAN identifier of the VNIC, which has none. */
  private static final int NO_VLAN = 5;

  private static final int LAST = 92;

  private static final Map<String, DropGroup> COUNTERS =
      Map.of(
          "MAC", DropGroup.MACSPOOFED,
          "RES", DropGroup.RESTRICTED,
          "IP/S", DropGroup.IPSPOOFED,
          "IP/D", DropGroup.IPSPOOFED,
          "DHCP", DropGroup.DHCPSPOOFED);

  private static List<DecisionTable.Row> rows() {
    return DecisionTable.rows().stream().filter(row -> row.name().startsWith(SECTION)).toList();
  }

  private static String number(DecisionTable.Row row) {
    return row.name().substring(SECTION.length()).split(" ")[0];
  }

  private static String column(DecisionTable.Row row) {
    return row.name().substring(row.name().lastIndexOf(' ') + 1);
  }

  @Test
  void shouldHaveEveryNumber() {
    Set<String> wanted =
        IntStream.rangeClosed(1, LAST)
            .filter(number -> number != NO_VLAN)
            .mapToObj(Integer::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    wanted.add("85b");

    assertThat(rows().stream().map(IllumosTableTest::number).collect(Collectors.toSet()))
        .isEqualTo(wanted);
  }

  /** Row 4 is what illumos drops before it counts. */
  @Test
  void shouldCountUnderTheModeThatDrops() {
    for (DecisionTable.Row row : rows()) {
      DropGroup counter = number(row).equals("4") ? DropGroup.OTHER : COUNTERS.get(column(row));
      if (counter != null && !column(row).startsWith("strict")) {
        assertThat(row.reason().map(reason -> reason.group()).orElse(counter))
            .as(row.name())
            .isEqualTo(counter);
      }
    }
  }

  /** What illumos drops in one of its modes, strict drops as well. */
  @Test
  void shouldNotLetOutInStrictFormWhatSomeModeDrops() {
    Map<String, Set<String>> dropped =
        rows().stream()
            .filter(row -> row.reason().isPresent())
            .collect(
                Collectors.groupingBy(
                    row -> row.name().substring(0, row.name().lastIndexOf(' ')),
                    Collectors.mapping(IllumosTableTest::column, Collectors.toSet())));
    // A secondary address is one that strict form grants, and illumos knows for reception alone.
    dropped.remove("illumos 3");

    assertThat(dropped)
        .allSatisfy(
            (row, columns) -> {
              boolean fixed =
                  columns.stream().anyMatch(c -> Set.of("MAC", "RES", "IP/S", "DHCP").contains(c));
              assertThat(!fixed || columns.contains("strict/S")).as(row).isTrue();
              boolean dynamic =
                  columns.stream().anyMatch(c -> Set.of("MAC", "RES", "IP/D", "DHCP").contains(c));
              assertThat(!dynamic || columns.contains("strict/D")).as(row).isTrue();
            });
  }
}
