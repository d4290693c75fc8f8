package io.arbalest.linux.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Change.LinkChanged;
import io.arbalest.linux.rtnetlink.Change.LinkRemoved;
import io.arbalest.linux.rtnetlink.Change.TrafficChanged;
import io.arbalest.linux.sys.Errno;
import io.arbalest.testing.Privileged;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Privileged
@Timeout(60)
class ChangeEventsKernelTest {
  /** Writes down what it is told; may be made to dawdle over it. */
  private static class Recorder implements ChangeListener {
    private final LinkedBlockingQueue<Change> told = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> unknowns = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
    private final CountDownLatch gate;

    private Recorder(int closed) {
      gate = new CountDownLatch(closed);
    }

    @Override
    public void onChanges(List<Change> changes) {
      assertThat(changes).isNotEmpty();
      told.addAll(changes);
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void onUnknown() {
      unknowns.add("unknown");
    }

    @Override
    public void onFailure(RuntimeException failure) {
      failures.add(failure);
    }

    private void await(Predicate<Change> wanted) throws InterruptedException {
      Change next = told.poll(10, TimeUnit.SECONDS);
      while (next != null && !wanted.test(next)) {
        next = told.poll(10, TimeUnit.SECONDS);
      }
      assertThat(next).as("the wanted change").isNotNull();
    }

    private void awaitUnknown() throws InterruptedException {
      assertThat(unknowns.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  private NetworkNamespace host;
  private Rtnetlink net;
  private BpfProgram program;

  @BeforeEach
  void open() {
    host = NetworkNamespace.create();
    net = Rtnetlink.open(host);
    program =
        BpfProgram.load(new Assembler("nothing").mov(Register.R0, -1).exit().assemble(), Map.of());
  }

  @AfterEach
  void close() {
    program.close();
    net.close();
    host.close();
  }

  private int cable(String name) {
    VethPair pair = new VethPair(NewLink.named(name), NewLink.named(name + "-peer"));
    return net.links().createVeth(pair).index();
  }

  private ChangeEvents subscribe(Recorder recorder) throws InterruptedException {
    ChangeEvents events = host.call(() -> ChangeEvents.subscribe(recorder));
    recorder.awaitUnknown();
    return events;
  }

  @Test
  void shouldTellOfLinks() throws InterruptedException {
    Recorder recorder = new Recorder(0);
    try (ChangeEvents events = subscribe(recorder)) {
      int a = cable("a");
      recorder.await(change -> change instanceof LinkChanged(Link link) && link.isNamed("a"));
      net.links().rename(a, "b");
      recorder.await(change -> change instanceof LinkChanged(Link link) && link.isNamed("b"));
      net.links().delete(a);
      recorder.await(change -> change.equals(new LinkRemoved(a)));
      assertThat(events).isNotNull();
    }
  }

  @Test
  void shouldTellOfEachChangeToTheFilters() throws InterruptedException {
    Recorder recorder = new Recorder(0);
    int a = cable("a");
    FilterPlace place = FilterPlace.egress(a, 1);
    Traffic traffic = net.traffic();
    List<Runnable> verbs =
        List.of(
            () -> traffic.addClsact(a),
            () -> traffic.attach(place, "first", program.fd()),
            () -> traffic.attach(place, "second", program.fd()),
            () -> traffic.detach(place),
            () -> traffic.attach(place, "third", program.fd()),
            () -> traffic.deleteClsact(a));
    for (Runnable verb : verbs) {
      try (ChangeEvents events = subscribe(recorder)) {
        recorder.told.clear();
        verb.run();
        recorder.await(change -> change.equals(new TrafficChanged(a)));
        assertThat(events).isNotNull();
      }
    }
  }

  @Test
  void shouldClearWhateverIsAtTheHooks() {
    int a = cable("a");
    Traffic traffic = net.traffic();
    traffic.addClsact(a);
    traffic.attach(FilterPlace.ingress(a, 1), "first", program.fd());
    traffic.clearHooks(a);
    assertThat(traffic.hasClsact(a)).isFalse();
    assertThat(traffic.filters(a, Direction.INGRESS)).isEmpty();
    LinksKernelTest.assertFails(() -> traffic.clearHooks(a), Errno.EINVAL);
  }

  @Test
  void shouldSayThatAnythingMayHaveHappenedWhenEventsWereLost() throws InterruptedException {
    Recorder recorder = new Recorder(1);
    int smallest = 4096;
    try (ChangeEvents events = host.call(() -> ChangeEvents.subscribe(recorder, smallest))) {
      recorder.awaitUnknown();
      for (int i = 0; i < 20; i++) {
        cable("a" + i);
      }
      recorder.gate.countDown();
      recorder.awaitUnknown();
      assertThat(events).isNotNull();
      assertThat(recorder.failures).isEmpty();
    }
  }

  @Test
  void shouldEndWithWhatItsListenerThrew() throws InterruptedException {
    Recorder recorder =
        new Recorder(0) {
          @Override
          public void onUnknown() {
            throw new IllegalStateException("enough");
          }
        };
    try (ChangeEvents events = host.call(() -> ChangeEvents.subscribe(recorder))) {
      RuntimeException failure = recorder.failures.poll(10, TimeUnit.SECONDS);
      assertThat(failure).hasMessage("enough");
      assertThat(events).isNotNull();
    }
  }

  @Test
  void shouldBeQuietAfterClose() throws InterruptedException {
    Recorder recorder = new Recorder(0);
    ChangeEvents events = subscribe(recorder);
    events.close();
    events.close();
    cable("a");
    assertThat(recorder.told.poll(100, TimeUnit.MILLISECONDS)).isNull();
  }
}
