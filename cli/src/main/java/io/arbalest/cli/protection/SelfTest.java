package io.arbalest.cli.protection;

import io.arbalest.antispoof.Rehearsal;
import io.arbalest.antispoof.explain.Corpus;
import io.arbalest.antispoof.explain.Explanation;
import io.arbalest.antispoof.explain.Trial;
import io.arbalest.antispoof.explain.Verdicts;
import io.arbalest.cli.dladm.Links;
import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.LinkRow;
import io.arbalest.cli.table.AlignedRows;
import io.arbalest.cli.table.Column;
import io.arbalest.cli.table.JsonRows;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.UsageException;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.vnic.LinkClass;
import io.arbalest.vnic.LinkException;
import io.arbalest.zone.host.Stage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code selftest protection}: asks the program that runs at each VNIC's port what it would do with
 * frames made of the VNIC's own policy. No frame is sent, and none is counted. The exit code is 1
 * if the program says anything else than the rule model, or than what the whole protection
 * promises.
 */
final class SelfTest implements Action {
  private static final String SUBJECT = "protection";
  private static final int KIND_WIDTH = 26;

  private final HostView host;
  private final Session session;

  @Option(names = "--vnic")
  private Optional<String> vnic = Optional.empty();

  @Option(names = "--json")
  private boolean json;

  @Parameters(arity = "0..1")
  private Optional<String> subject = Optional.empty();

  /**
   * What became of one frame at one VNIC.
   *
   * @param expected what the rule model says
   * @param said what the running program says
   */
  private record Result(GuardedVnic vnic, Trial trial, Explanation expected, Rehearsal said) {

    /** What should not be; empty if all is as it should be. */
    Optional<String> surprise() {
      if (!expected.agrees(said)) {
        return Optional.of("the program says %s, the rules say %s".formatted(label(), wanted()));
      }
      return trial
          .passes()
          .filter(passes -> passes != said.passes())
          .map(passes -> label() + ", although it must " + (passes ? "pass" : "be dropped"));
    }

    String label() {
      return Verdicts.label(said.drop());
    }

    String wanted() {
      return Verdicts.label(Verdicts.reason(expected.unstripped()));
    }

    String cell() {
      return label() + (surprise().isPresent() ? " (!)" : "");
    }
  }

  private static final List<Column<Result>> KEYS =
      List.of(
          Column.of("LINK", 15, "link", result -> result.vnic().link().fullName()),
          Column.of("KIND", KIND_WIDTH, "kind", result -> result.trial().kind()),
          Column.of(
              "DIRECTION", 10, "direction", result -> DropRow.word(result.trial().direction())),
          Column.of("SAID", 26, "said", Result::label),
          Column.of("EXPECTED", 26, "expected", Result::wanted),
          Column.of("SURPRISE", 60, "surprise", result -> result.surprise().orElse("")));

  SelfTest(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    if (subject.filter(SUBJECT::equals).isEmpty()) {
      throw new UsageException("need what to test: " + SUBJECT);
    }
    Stage stage = host.stage();
    Set<InetSocketAddress> vteps = host.vteps();
    List<List<Result>> tried =
        vnics().stream().map(link -> tried(GuardedVnic.of(host, link), stage, vteps)).toList();
    List<Result> results = tried.stream().flatMap(List::stream).toList();
    session.out(json ? new JsonRows<>(KEYS).all(results) : matrix(tried));
    List<Result> surprises = results.stream().filter(r -> r.surprise().isPresent()).toList();
    surprises.forEach(
        result ->
            session.fail(
                "%s: %s: %s"
                    .formatted(
                        result.vnic().link().fullName(),
                        result.trial().kind(),
                        result.surprise().orElseThrow())));
    return surprises.isEmpty() ? 0 : 1;
  }

  private List<LinkRow> vnics() {
    return vnic.map(name -> List.of(Links.vnic(host, name)))
        .orElseGet(
            () -> host.links().stream().filter(link -> link.kind() == LinkClass.VNIC).toList());
  }

  private static List<Result> tried(
      GuardedVnic guarded, Stage stage, Set<InetSocketAddress> vteps) {
    var policy = guarded.policy(vteps);
    try {
      return Corpus.of(guarded.vnic().mac().address(), guarded.own(), policy).stream()
          .map(
              trial ->
                  new Result(
                      guarded,
                      trial,
                      Explanation.of(trial.direction(), trial.frame(), policy),
                      stage.rehearse(guarded.key(), trial.direction(), trial.frame())))
          .toList();
    } catch (KernelException | IllegalArgumentException | IllegalStateException | LinkException e) {
      throw new VerbException(
          "cannot ask the program of " + guarded.link().fullName() + ": " + e.getMessage(), e);
    }
  }

  /** A row for each kind of frame, a column for each VNIC. */
  private String matrix(List<List<Result>> tried) {
    List<Column<String>> columns = new ArrayList<>();
    columns.add(Column.of("FRAME", KIND_WIDTH, "frame", kind -> kind));
    tried.stream().filter(results -> !results.isEmpty()).forEach(r -> columns.add(column(r)));
    List<List<Trial>> corpora =
        tried.stream().map(results -> results.stream().map(Result::trial).toList()).toList();
    return new AlignedRows<>(columns, session.window()).all(Corpus.kinds(corpora));
  }

  private static Column<String> column(List<Result> results) {
    String name = results.getFirst().vnic().link().fullName();
    Map<String, String> cells = new HashMap<>();
    results.forEach(result -> cells.put(result.trial().kind(), result.cell()));
    int widest = cells.values().stream().mapToInt(String::length).max().orElse(0);
    int width = Math.max(widest, name.length()) + 2;
    return Column.of(name, width, name, kind -> cells.getOrDefault(kind, ""));
  }
}
