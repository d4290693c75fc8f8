package io.arbalest.cli.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TableTest {
  private record Link(String name, String mac, int mtu) {}

  private static final Table<Link> TABLE =
      new Table<>(
          List.of(
              Column.of("LINK", 8, "link", Link::name),
              Column.of("MACADDRESS", 14, "macAddress", Link::mac),
              Column.<Link>of("MTU", 6, "mtu", link -> Integer.toString(link.mtu()))
                  .valued(Link::mtu),
              Column.of("EXTRA", 5, "extra", link -> "x")),
          3);
  private static final Link NET0 = new Link("net0", "2:8:20:1:2:3", 1500);

  @Test
  void shouldAlignFieldsAndLeaveTheLastUnpadded() {
    assertThat(aligned(NET0))
        .isEqualTo(
            """
            LINK    MACADDRESS    MTU
            net0    2:8:20:1:2:3  1500
            """);
  }

  @Test
  void shouldPrintALongFieldInFullAndComeBackIntoLine() {
    assertThat(aligned(new Link("seven77", "a", 1), new Link("eight888", "a", 1)))
        .isEqualTo(
            """
            LINK    MACADDRESS    MTU
            seven77 a             1
            eight888 a            1
            """);
    assertThat(aligned(new Link("x".repeat(21), "a", 1), new Link("x".repeat(30), "abc", 1)))
        .isEqualTo(
            """
            LINK    MACADDRESS    MTU
            xxxxxxxxxxxxxxxxxxxxx a 1
            xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx abc 1
            """);
  }

  @Test
  void shouldShowDashesForNoValueOnlyToPeople() {
    Link bare = new Link("net0", "", 1500);
    assertThat(aligned(bare)).endsWith("net0    --            1500\n");
    assertThat(parsable("link,macaddress,mtu", bare)).isEqualTo("net0::1500\n");
    assertThat(json(bare))
        .isEqualTo("[\n  {\"link\":\"net0\",\"macAddress\":null,\"mtu\":1500}\n]\n");
  }

  @Test
  void shouldShowTheHeaderOfAnEmptyListing() {
    assertThat(aligned()).isEqualTo("LINK    MACADDRESS    MTU\n");
    assertThat(parsable("link")).isEmpty();
    assertThat(json()).isEqualTo("[]\n");
  }

  @Test
  void shouldRepeatTheHeaderOncePerWindow() {
    var rows = new AlignedRows<>(List.of(Column.of("LINK", 8, "link", Link::name)), 2);
    assertThat(rows.all(List.of(NET0, NET0, NET0, NET0, NET0)))
        .isEqualTo("LINK\nnet0\nnet0\nLINK\nnet0\nnet0\nLINK\nnet0\n");
  }

  @Test
  void shouldEscapeSeparatorsOnlyBetweenSeveralFields() {
    assertThat(parsable("macaddress", NET0)).isEqualTo("2:8:20:1:2:3\n");
    assertThat(parsable("MTU,MacAddress", NET0)).isEqualTo("1500:2\\:8\\:20\\:1\\:2\\:3\n");
    assertThat(parsable("link,mtu", new Link("a\\b:c", "", 1))).isEqualTo("a\\\\b\\:c:1\n");
    assertThat(parsable("link", new Link("a\\b:c", "", 1))).isEqualTo("a\\b:c\n");
  }

  @Test
  void shouldKeepTheOrderThatWasAskedFor() {
    assertThat(titles(TABLE.select("mtu,link,mtu"))).containsExactly("MTU", "LINK", "MTU");
    assertThat(titles(TABLE.select("ALL"))).containsExactly("LINK", "MACADDRESS", "MTU", "EXTRA");
    assertThat(titles(TABLE.select())).containsExactly("LINK", "MACADDRESS", "MTU");
  }

  @Test
  void shouldWarnOfUnknownFieldsAndRefuseWhenNoneIsLeft() {
    var selection = TABLE.select("link,speed");
    assertThat(titles(selection)).containsExactly("LINK");
    assertThat(selection.warning()).isEqualTo("ignoring unknown output field: `speed'");
    assertThat(TABLE.select("a,link,b").warning())
        .isEqualTo("ignoring unknown output fields: `a' `b'");
    assertThatThrownBy(() -> TABLE.select("speed"))
        .isInstanceOf(FieldException.class)
        .hasMessage("unknown output field: `speed'");
    assertThatThrownBy(() -> TABLE.select("")).hasMessage("unknown output field: `'");
  }

  @Test
  void shouldDemandExactFieldsFromScripts() {
    assertThatThrownBy(() -> TABLE.selectParsable(Optional.empty()))
        .hasMessage("output fields must be specified in parsable mode");
    assertThatThrownBy(() -> TABLE.selectParsable(Optional.of("All")))
        .hasMessage("output field `all' invalid in parsable mode");
    assertThatThrownBy(() -> TABLE.selectParsable(Optional.of("link,speed")))
        .hasMessage("unknown output field: `speed'");
  }

  @Test
  void shouldWriteNestedValuesAndEscapesInJson() {
    var drops = new Column<Link>("DROPS", 8, link -> "1", "drops", link -> Map.of("mac-spoof", 1));
    var name = Column.of("LINK", 8, "link", Link::name);
    assertThat(new JsonRows<>(List.of(name, drops)).all(List.of(new Link("a\"\n", "", 1), NET0)))
        .isEqualTo(
            """
            [
              {"link":"a\\"\\n","drops":{"mac-spoof":1}},
              {"link":"net0","drops":{"mac-spoof":1}}
            ]
            """);
  }

  private static String aligned(Link... links) {
    return new AlignedRows<>(TABLE.select().columns(), 0).all(List.of(links));
  }

  private static String parsable(String fields, Link... links) {
    return new ParsableRows<>(TABLE.selectParsable(Optional.of(fields)).columns())
        .all(List.of(links));
  }

  private static String json(Link... links) {
    return new JsonRows<>(TABLE.select().columns()).all(List.of(links));
  }

  private static List<String> titles(Table.Selection<Link> selection) {
    return selection.columns().stream().map(Column::title).toList();
  }
}
