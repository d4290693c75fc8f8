package io.arbalest.linux.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.testing.Privileged;
import java.util.ArrayList;
import java.util.List;
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
class LinkEventsKernelTest {
  /** What a listener was told. */
  private record Told(String what, List<Link> links) {
    boolean is(String kind, String name) {
      return what.equals(kind) && links.stream().anyMatch(link -> link.name().equals(name));
    }
  }

  /** Writes down what it is told; may be made to dawdle over it. */
  private static final class Recorder implements LinkListener {
    private final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final CountDownLatch gate;

    private Recorder(int closed) {
      gate = new CountDownLatch(closed);
    }

    @Override
    public void onResync(List<Link> links) {
      told.add(new Told("resync", links));
    }

    @Override
    public void onChanged(Link link) {
      told.add(new Told("changed", List.of(link)));
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void onRemoved(Link link) {
      told.add(new Told("removed", List.of(link)));
    }

    @Override
    public void onFailure(RuntimeException failure) {
      throw failure;
    }

    private Told await(Predicate<Told> wanted) throws InterruptedException {
      List<Told> passed = new ArrayList<>();
      while (true) {
        Told next = told.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("nothing of the wanted kind after %s", passed).isNotNull();
        if (wanted.test(next)) {
          return next;
        }
        passed.add(next);
      }
    }
  }

  private NetworkNamespace host;
  private Rtnetlink net;

  @BeforeEach
  void open() {
    host = NetworkNamespace.create();
    net = Rtnetlink.open(host);
  }

  @AfterEach
  void close() {
    net.close();
    host.close();
  }

  private Link cable(String name) {
    return net.links().createVeth(new VethPair(NewLink.named(name), NewLink.named(name + "-peer")));
  }

  @Test
  void shouldTellOfLinksThatComeChangeAndGo() throws InterruptedException {
    Recorder recorder = new Recorder(0);
    try (LinkEvents events = LinkEvents.subscribe(host, recorder)) {
      assertThat(recorder.await(told -> true).is("resync", "lo")).isTrue();
      Link a = cable("a");
      recorder.await(told -> told.is("changed", "a"));
      net.links().setUp(a.index());
      recorder.await(told -> told.is("changed", "a") && told.links().getFirst().up());
      net.links().delete(a.index());
      recorder.await(told -> told.is("removed", "a"));
      assertThat(events).isNotNull();
    }
  }

  @Test
  void shouldReadEverythingAgainWhenEventsWereLost() throws InterruptedException {
    Recorder recorder = new Recorder(1);
    int smallest = 4096;
    try (LinkEvents events = host.call(() -> LinkEvents.subscribe(recorder, smallest))) {
      assertThat(recorder.await(told -> true).is("resync", "lo")).isTrue();
      for (int i = 0; i < 20; i++) {
        cable("a" + i);
      }
      recorder.gate.countDown();
      Told again = recorder.await(told -> told.what().equals("resync"));
      assertThat(again.links()).extracting(Link::name).contains("a0", "a19", "a19-peer");
      assertThat(events).isNotNull();
    }
  }

  @Test
  void shouldBeQuietAfterClose() throws InterruptedException {
    Recorder recorder = new Recorder(0);
    LinkEvents events = LinkEvents.subscribe(host, recorder);
    recorder.await(told -> told.what().equals("resync"));
    events.close();
    events.close();
    cable("a");
    assertThat(recorder.told.poll(100, TimeUnit.MILLISECONDS)).isNull();
  }
}
