package io.arbalest.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.cli.host.Transcript;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class SubcommandsTest {
  private static final String USAGE = "usage: tool make [-t] [-l <link>] <name>\n";

  private final Transcript transcript = new Transcript();
  private final Toolbox toolbox =
      new Toolbox(
          List.of(
              new Subcommands("tool", "does things", 2)
                  .add("make [-t] [-l <link>] <name>", Make::new)
                  .add("show-it", Make::new)));

  /** Prints what its options were. */
  private static final class Make implements Action {
    private final Session session;

    @Option(names = "-t")
    private boolean temporary;

    @Option(names = {"-l", "--link"})
    private Optional<String> link = Optional.empty();

    @Option(names = "-p")
    private List<String> properties = List.of();

    @Parameters(arity = "0..1")
    private Optional<String> name = Optional.empty();

    Make(Session session) {
      this.session = session;
    }

    @Override
    public int run() {
      if (name.equals(Optional.of("bad"))) {
        throw new VerbException("cannot make bad");
      }
      if (name.equals(Optional.of("odd"))) {
        throw new UsageException("");
      }
      session.out(temporary + " " + link + " " + properties + " " + name + "\n");
      return 7;
    }
  }

  private int run(String... words) {
    return toolbox.run(Transcript.typed(words), transcript);
  }

  @Test
  void shouldReadOptionsInEveryFormOfGetopt() {
    assertThat(run("tool", "make", "-tl", "stub0", "-p", "a=1", "-p", "b=2", "x")).isEqualTo(7);
    assertThat(run("tool", "make", "-lstub0", "--", "-x")).isEqualTo(7);
    assertThat(run("tool", "make", "--link=stub0", "x", "-t")).isEqualTo(7);
    assertThat(transcript.out())
        .isEqualTo(
            """
            true Optional[stub0] [a=1, b=2] Optional[x]
            false Optional[stub0] [] Optional[-x]
            true Optional[stub0] [] Optional[x]
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "-x, unrecognized option '-x'",
    "-tx, unrecognized option '-x'",
    "--nope, unrecognized option '--nope'",
    "-l, option '-l' requires a value",
    "--link, option '-l' requires a value",
    "a b, unexpected argument 'b'"
  })
  void shouldShowUsageForWordsThatMakeNoSense(String words, String complaint) {
    String[] argv = ("tool make " + words).split(" ");
    assertThat(run(argv)).isEqualTo(2);
    assertThat(transcript.err()).isEqualTo("tool: " + complaint + "\n" + USAGE);
    assertThat(transcript.out()).isEmpty();
  }

  @Test
  void shouldRefuseAnOptionGivenTwice() {
    assertThat(run("tool", "make", "-l", "a", "--link", "b")).isEqualTo(1);
    assertThat(transcript.err())
        .isEqualTo("tool: the option -l cannot be specified more than once\n");
  }

  @Test
  void shouldNotReadFilesNamedByAnAtSign() {
    assertThat(run("tool", "make", "@/etc/passwd")).isEqualTo(7);
    assertThat(transcript.out()).isEqualTo("false Optional.empty [] Optional[@/etc/passwd]\n");
  }

  @Test
  void shouldShowUsageAloneForAnEmptyComplaint() {
    assertThat(run("tool", "make", "odd")).isEqualTo(2);
    assertThat(transcript.err()).isEqualTo(USAGE);
  }

  @Test
  void shouldComplainWithTheToolsName() {
    assertThat(run("tool", "make", "bad")).isEqualTo(1);
    assertThat(transcript.err()).isEqualTo("tool: cannot make bad\n");
  }

  @Test
  void shouldListSubcommandsWhenNoneOrAnUnknownOneIsGiven() {
    String list = "usage: tool <subcommand> <args>...\n\tmake [-t] [-l <link>] <name>\n\tshow-it\n";
    assertThat(run("tool")).isEqualTo(2);
    assertThat(run("tool", "mak\u001be")).isEqualTo(2);
    assertThat(transcript.err()).isEqualTo(list + "tool: unknown subcommand 'mak?e'\n" + list);
    assertThat(run("tool", "help")).isZero();
    assertThat(run("tool", "make", "--help")).isZero();
    assertThat(transcript.out()).isEqualTo(list + USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void shouldListToolsForHelp(String word) {
    assertThat(run(word)).isZero();
    assertThat(transcript.out()).startsWith("usage: arbalest").contains("tool      does things\n");
  }

  @Test
  void shouldRefuseAnUnknownTool() {
    assertThat(run("nosuch", "x")).isEqualTo(1);
    assertThat(transcript.err()).startsWith("arbalest: unknown command 'nosuch'\nusage: arbalest");
  }

  @Test
  void shouldAcceptItsOwnNameBeforeATool() {
    assertThat(run("arbalest", "tool", "make", "x")).isEqualTo(7);
    assertThat(run("arbalest")).isEqualTo(1);
  }

  @Test
  void shouldKnowWhatOnlyReads() {
    assertThat(reads("tool", "show-it", "-l", "x")).isTrue();
    assertThat(reads("tool", "make")).isFalse();
    assertThat(reads("tool", "help")).isTrue();
    assertThat(reads("help")).isTrue();
    assertThat(reads("arbalest", "tool", "make")).isFalse();
  }

  private boolean reads(String... words) {
    return toolbox.readsOnly(Transcript.typed(words));
  }
}
