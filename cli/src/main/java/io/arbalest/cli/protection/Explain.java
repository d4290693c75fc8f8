package io.arbalest.cli.protection;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.Rehearsal;
import io.arbalest.antispoof.explain.Explanation;
import io.arbalest.antispoof.explain.FrameForm;
import io.arbalest.cli.dladm.Links;
import io.arbalest.cli.host.HostView;
import io.arbalest.cli.table.JsonLines;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.UsageException;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.vnic.LinkException;
import io.arbalest.zone.host.Stage;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code explain}: what becomes of a frame at a VNIC, and why. The rule model is asked, and the
 * program that runs at the VNIC's port as well; the exit code is 1 if the two disagree.
 */
final class Explain implements Action {
  private final HostView host;
  private final Session session;

  @Option(names = "--vnic")
  private Optional<String> vnic = Optional.empty();

  @Option(names = "--to-zone")
  private boolean toZone;

  @Option(names = "--json")
  private boolean json;

  @Mixin private final FrameSource source = new FrameSource();

  Explain(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    String name = vnic.orElseThrow(() -> new UsageException("need --vnic"));
    GuardedVnic guarded = GuardedVnic.of(host, Links.vnic(host, name));
    FrameForm form = new FrameForm(guarded.vnic().mac().address(), toZone);
    List<FrameSource.Given> frames = source.frames(form, session);
    Stage stage = stage();
    boolean agreed = true;
    for (int i = 0; i < frames.size(); i++) {
      ExplainedFrame explained = explain(guarded, frames.get(i), stage);
      session.out(i > 0 && !json ? "\n" : "");
      session.out(json ? JsonLines.object(explained.object()) : explained.text());
      agreed &= explained.agreed();
    }
    return agreed ? 0 : 1;
  }

  private ExplainedFrame explain(GuardedVnic guarded, FrameSource.Given frame, Stage stage) {
    Direction direction = toZone ? Direction.TO_ZONE : Direction.FROM_ZONE;
    Explanation explanation =
        Explanation.of(direction, frame.bytes(), guarded.policy(host.vteps()));
    return new ExplainedFrame(
        guarded, explanation, rehearse(stage, guarded, direction, frame.bytes()), frame.missing());
  }

  private Stage stage() {
    try {
      return host.stage();
    } catch (KernelException | IllegalStateException e) {
      throw cannotAsk(e);
    }
  }

  /** The kernel runs programs for a trial only on frames that hold their IP header. */
  private static Optional<Rehearsal> rehearse(
      Stage stage, GuardedVnic guarded, Direction direction, byte[] frame) {
    try {
      return Optional.of(stage.rehearse(guarded.key(), direction, frame));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    } catch (KernelException | IllegalStateException | LinkException e) {
      throw cannotAsk(e);
    }
  }

  private static VerbException cannotAsk(RuntimeException e) {
    return new VerbException("cannot ask the running program: " + e.getMessage(), e);
  }
}
