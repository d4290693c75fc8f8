package io.arbalest.zone.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.PortFacts;
import io.arbalest.vnic.VnicKey;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.ZonePins;
import io.arbalest.zone.plan.PlanException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A daemon that ends at every single kernel call and store write of making and removing a host's
 * objects. The crash is played by failpoints that fail from the chosen call on, so that nothing is
 * undone; the successor starts from the store and the kernel as they are then, ends in the same way
 * while it recovers, and its own successor must get it right.
 */
@Privileged
@Timeout(600)
class CrashKernelTest {
  private static final int SAFETY = 2_000;

  @TempDir Path temp;

  @Test
  void shouldBeAsWantedAfterACrashAtAnyCallAndLeaveNothing() {
    int n = 1;
    while (crashAt(n)) {
      n++;
      assertThat(n).isLessThan(SAFETY);
    }
    assertThat(n).as("calls of making and removing two zones").isGreaterThan(60);
  }

  /** False if there were fewer calls. */
  private boolean crashAt(int n) {
    HostFixture fixture = new HostFixture(temp, "alpha").settle();
    List<String> hits;
    try (Failpoint.Armed armed = Failpoint.arm(n + ":stop")) {
      makeAndRemove(fixture);
      hits = armed.hits();
    }
    boolean crashed = hits.size() >= n;
    String when = crashed ? "crash at " + hits.get(n - 1) : "no crash";
    crashAgainWhileRecovering(fixture, 1 + n * 7 % 40);
    try {
      fixture.restart();
      assertThat(fixture.host().problems()).as(when).isEmpty();
      assertThat(fixture.host().desired()).as(when).isIn(wishes(fixture));
      assertAsWanted(fixture, when);
      Map<VnicKey, Integer> indexes = indexes(fixture);
      fixture.restart();
      assertThat(indexes(fixture)).as(when).isEqualTo(indexes);
    } finally {
      fixture.close();
    }
    assertNothingLeft(fixture, when);
    return crashed;
  }

  /** The successor ends as well, somewhere in its recovery or after it. */
  private static void crashAgainWhileRecovering(HostFixture fixture, int n) {
    try (Failpoint.Armed armed = Failpoint.arm(n + ":stop")) {
      fixture.restart();
      assertThat(armed.hits()).isNotNull();
    } catch (KernelException | PlanException e) {
      assertThat(e).hasMessageContaining("failpoint");
    }
  }

  private static void makeAndRemove(HostFixture fixture) {
    try {
      fixture.converge(Stars.of(2));
      fixture.converge(Stars.of(1));
      fixture.converge(HostSpec.EMPTY);
    } catch (RuntimeException e) {
      assertThat(e).hasMessageContaining("failpoint");
    }
  }

  /** Before or after each change, and nothing in between; uid slots are chosen by the host. */
  private static List<HostSpec> wishes(HostFixture fixture) {
    UidSlots slots = new UidSlots(fixture.instance());
    HostSpec two = slots.choose(Stars.of(2), HostSpec.EMPTY);
    return List.of(HostSpec.EMPTY, two, slots.choose(Stars.of(1), two));
  }

  private static void assertAsWanted(HostFixture fixture, String when) {
    HostSpec desired = fixture.host().desired();
    Survey survey = fixture.survey();
    assertThat(survey.right()).as(when).isEqualTo(desired);
    assertThat(survey.wrong()).as(when).isEmpty();
    assertThat(survey.leftovers().isEmpty()).as("%s: %s", when, survey.leftovers()).isTrue();
  }

  private static Map<VnicKey, Integer> indexes(HostFixture fixture) {
    return fixture.host().switchboard().ports().values().stream()
        .collect(Collectors.toMap(PortFacts::key, PortFacts::ifindex, (a, b) -> a, TreeMap::new));
  }

  private static void assertNothingLeft(HostFixture fixture, String when) {
    assertThat(ZonePins.all(fixture.instance())).as(when).isEmpty();
    assertThat(fixture.instance().netnsPin("z0")).as(when).doesNotExist();
    assertThat(fixture.instance().netnsPin("z1")).as(when).doesNotExist();
    assertThat(fixture.instance().state()).as(when).doesNotExist();
    assertThat(fixture.instance().bpffs()).as(when).doesNotExist();
    assertThat(fixture.links()).as(when).containsExactly("lo");
  }
}
