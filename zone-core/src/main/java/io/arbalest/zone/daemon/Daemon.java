package io.arbalest.zone.daemon;

import io.arbalest.linux.sys.Libc;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.SpecJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running daemon: the lock, the host it looks after, and the socket.
 *
 * <p>It ends in one of two ways. {@link #close()}, which a signal brings about, lets go: everything
 * in the kernel goes on working and the next daemon takes over. A daemon that was started on demand
 * also <em>leaves</em> when it holds nothing any more: it removes its socket, lock, mounts and
 * folders. The request that gave up the last thing is answered, but its connection ends only with
 * the process, so that its caller finds the machine as it was before.
 */
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  /** How often what failed is tried again. */
  private static final Duration TENDING = Duration.ofSeconds(5);

  private final DaemonOptions options;
  private final InstanceLock lock;
  private final ManagedHost host;
  private final Verbs verbs;
  private final JsonMapper json = SpecJson.mapper();
  private final Workers workers = new Workers();
  private final Attendance attendance = new Attendance();
  private final ControlServer server;
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final long started = System.nanoTime();

  /** What went wrong while settling; written before reads begin. */
  private final List<String> settleProblems = new ArrayList<>();

  /** Whether something was held since the start; only for the thread of changes. */
  private boolean held;

  private Daemon(DaemonOptions options, InstanceLock lock, ManagedHost host, Verbs verbs)
      throws IOException {
    this.options = options;
    this.lock = lock;
    this.host = host;
    this.verbs = verbs;
    this.server = new ControlServer(options.instance().controlSocket(), json, new Desk());
  }

  /**
   * Starts a daemon in this process.
   *
   * @param open opens what it looks after, once the instance is locked
   * @param verbs fills the place for commands
   * @throws DaemonRunningException if the instance has a daemon; nothing was changed
   */
  public static <H extends ManagedHost> Daemon start(
      DaemonOptions options, Function<Instance, H> open, Function<H, Verbs> verbs) {
    InstanceLock lock = InstanceLock.take(options.instance());
    try {
      H host = open.apply(options.instance());
      try {
        Daemon daemon = new Daemon(options, lock, host, verbs.apply(host));
        daemon.workers.change(daemon::settle);
        return daemon;
      } catch (RuntimeException | IOException e) {
        host.close();
        throw e;
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    } catch (IOException e) {
      lock.close();
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a daemon until it leaves or this process is told to end by a signal.
   *
   * @return the exit status of the process
   */
  public static <H extends ManagedHost> int serve(
      DaemonOptions options, Function<Instance, H> open, Function<H, Verbs> verbs) {
    if (options.onDemand()) {
      // Away from the terminal of whoever started it, whose Ctrl-C is not meant for us. Refused to
      // the leader of a process group, which is away already.
      Libc.setsid();
    }
    Daemon daemon = start(options, open, verbs);
    Runtime.getRuntime().addShutdownHook(new Thread(daemon::end, "shutdown"));
    daemon.awaitLeft();
    return 0;
  }

  /** One that has left by itself leaves its last connection for the kernel to end. */
  private void end() {
    if (!left.isDone()) {
      close();
    }
  }

  /** Waits until the daemon has left by itself, or was closed. */
  public void awaitLeft() {
    left.join();
  }

  private void settle() {
    try {
      host.settle(line -> LOG.info("settle: {}", line));
    } catch (RuntimeException | Error e) {
      LOG.error("cannot settle", e);
      settleProblems.add("the kernel could not be brought to what is stored: " + e.getMessage());
    }
    held = !host.isEmpty();
    workers.settled();
    LOG.info("{} is ready, pid {}", options.instance().name(), ProcessHandle.current().pid());
    leaveLater();
    workers.later(TENDING, this::tend);
  }

  private void tend() {
    try {
      host.tend();
    } catch (RuntimeException e) {
      LOG.warn("cannot put right what failed before", e);
    } finally {
      workers.later(TENDING, this::tend);
    }
  }

  /** What the control socket asks for. */
  private final class Desk implements Requests {
    @Override
    public void run(Invocation invocation, ReplyStream reply) {
      if (verbs.readsOnly(invocation)) {
        admit(
            reply, () -> workers.read(() -> answer(reply, () -> invoke(invocation, reply), false)));
      } else {
        admit(
            reply,
            () -> workers.change(() -> answer(reply, () -> invoke(invocation, reply), true)));
      }
    }

    @Override
    public void converge(HostSpec desired, ReplyStream reply) {
      admit(
          reply, () -> workers.change(() -> answer(reply, () -> convergeTo(desired, reply), true)));
    }

    @Override
    public CompletionStage<String> page(Page page) {
      return page == Page.HEALTH
          ? CompletableFuture.supplyAsync(() -> render(page), workers.readers())
          : CompletableFuture.supplyAsync(() -> render(page), workers::read);
    }
  }

  private void admit(ReplyStream reply, Runnable begin) {
    if (!attendance.enter()) {
      reply.refuse("the daemon is about to end; ask again to start another");
      return;
    }
    try {
      begin.run();
    } catch (RejectedExecutionException e) {
      attendance.exit();
      reply.refuse("the daemon is busy: " + e.getMessage());
    }
  }

  /** A command that ends with a status. */
  private interface Command {
    int run();
  }

  private void answer(ReplyStream reply, Command command, boolean changes) {
    int status;
    try {
      status = command.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a command failed", e);
      reply.err("arbalest: internal error: " + e + "\n");
      status = 1;
    }
    reply.exit(status);
    if (changes && gaveUpTheLast() && attendance.closeIfAlone(1)) {
      leave();
      return;
    }
    reply.end();
    attendance.exit();
    leaveLater();
  }

  private int invoke(Invocation invocation, ReplyStream reply) {
    LOG.info("uid {} runs {}", invocation.uid(), invocation.argv());
    return verbs.run(invocation, reply);
  }

  private int convergeTo(HostSpec desired, ReplyStream reply) {
    try {
      host.converge(desired, line -> reply.out(line + "\n"));
      return 0;
    } catch (RuntimeException e) {
      LOG.warn("cannot converge", e);
      reply.err(e.getMessage() + "\n");
      return 1;
    }
  }

  private String render(Requests.Page page) {
    return json.writeValueAsString(
        switch (page) {
          case HEALTH -> health();
          case STATE -> host.state();
          case DESIRED -> host.desired();
        });
  }

  /** How the daemon is. */
  public Health health() {
    boolean settled = workers.isSettled();
    List<String> problems = new ArrayList<>(settled ? settleProblems : List.of());
    problems.addAll(host.problems());
    return new Health(
        options.instance().name().text(),
        ProcessHandle.current().pid(),
        (System.nanoTime() - started) / 1_000_000,
        settled,
        problems);
  }

  private boolean gaveUpTheLast() {
    boolean empty = host.isEmpty();
    boolean gaveUp = held && empty;
    held = !empty;
    return gaveUp && options.onDemand();
  }

  private void leaveLater() {
    long visits = attendance.visits();
    if (options.onDemand()) {
      workers.later(options.linger(), () -> leaveIfIdle(visits));
    }
  }

  private void leaveIfIdle(long visits) {
    if (attendance.visits() == visits && host.isEmpty() && attendance.closeIfAlone(0)) {
      leave();
    }
  }

  /** The door is shut and nothing is held: take away what is ours, and end. */
  private void leave() {
    LOG.info("nothing is held any more");
    try {
      server.stopAccepting();
      host.vacate();
      Files.deleteIfExists(options.instance().log());
      lock.close();
    } catch (RuntimeException | IOException e) {
      LOG.error("cannot leave the machine clean", e);
    } finally {
      left.complete(null);
    }
  }

  /** Lets go. What is in the kernel goes on working; the next daemon takes it over. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    attendance.close();
    server.stopAccepting();
    workers.close();
    host.close();
    lock.close();
    server.close();
    left.complete(null);
  }
}
