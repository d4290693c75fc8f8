package io.arbalest.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.cli.host.Transcript;
import io.arbalest.cli.table.Column;
import io.arbalest.cli.table.Table;
import io.arbalest.zone.daemon.Invocation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Mixin;

final class ListingTest {
  private static final Table<String> TABLE =
      new Table<>(
          List.of(
              Column.of("LINK", 8, "link", String::toString),
              Column.of("CLASS", 8, "class", name -> "vnic"),
              Column.of("HIDDEN", 8, "hidden", name -> "h")),
          2);

  private final Transcript transcript = new Transcript();
  private final Toolbox toolbox =
      new Toolbox(List.of(new Subcommands("dladm", "links", 1).add("show-link", Show::new)));

  private static final class Show implements Action {
    private final Session session;
    @Mixin private final Listing listing = new Listing();

    Show(Session session) {
      this.session = session;
    }

    @Override
    public int run() {
      session.out(listing.writer(TABLE, session).all(List.of("net0", "net1", "net2")));
      return 0;
    }
  }

  private String run(String... options) {
    toolbox.run(Transcript.typed(options), transcript);
    return transcript.err() + transcript.out();
  }

  @Test
  void shouldShowTheDefaultFieldsToPeople() {
    assertThat(run("dladm", "show-link")).startsWith("LINK    CLASS\nnet0    vnic\n");
  }

  @Test
  void shouldGiveScriptsOnlyWhatTheyName() {
    assertThat(run("dladm", "show-link", "-p", "-o", "class,link")).startsWith("vnic:net0\n");
    assertThat(run("dladm", "show-link", "-p"))
        .startsWith("dladm: output fields must be specified in parsable mode\n");
  }

  @Test
  void shouldGiveProgramsEveryFieldUnlessTheyChoose() {
    assertThat(run("dladm", "show-link", "--json"))
        .startsWith("[\n  {\"link\":\"net0\",\"class\":\"vnic\",\"hidden\":\"h\"},\n");
  }

  @Test
  void shouldLimitJsonToTheFieldsChosen() {
    assertThat(run("dladm", "show-link", "--json", "-o", "hidden"))
        .startsWith("[\n  {\"hidden\":\"h\"},\n");
  }

  @Test
  void shouldWarnOfAnUnknownFieldAndGoOn() {
    assertThat(run("dladm", "show-link", "-o", "link,vid"))
        .startsWith("dladm: warning: ignoring unknown output field: `vid'\nLINK\nnet0\n");
  }

  @Test
  void shouldRefuseTwoForms() {
    assertThat(run("dladm", "show-link", "-p", "--json", "-o", "link"))
        .isEqualTo("dladm: the option -p cannot be used with --json\n");
  }

  @Test
  void shouldRepeatTheHeaderOnATerminalOnly() {
    var terminal = new Invocation(List.of("dladm", "show-link"), Map.of("LINES", "2"), "/", 80, 0);
    toolbox.run(terminal, transcript);
    assertThat(transcript.out()).containsSubsequence("LINK", "net1", "LINK", "net2");
  }
}
