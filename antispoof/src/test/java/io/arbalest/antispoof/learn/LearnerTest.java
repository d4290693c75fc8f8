package io.arbalest.antispoof.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.antispoof.Frames;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.vnic.VnicKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LearnerTest {
  private static final int WEB = Bench.WEB;
  private static final int DB = Bench.DB;
  private static final VnicKey WEB_KEY = VnicKey.parse("web/net0");

  private final Bench bench = Bench.ready();

  private void leaseOfWeb() {
    bench.leases(WEB, Frames.MAC, "10.0.0.5", 60);
    assertThat(bench.openAt(WEB)).containsExactly("10.0.0.5");
  }

  @Test
  void givesAnAddressToWhoGotItFirst() {
    leaseOfWeb();
    bench.leases(DB, Bench.DB_MAC, "10.0.0.5", 60);
    assertThat(bench.openAt(DB)).isEmpty();
    bench.pass(60);
    bench.leases(DB, Bench.DB_MAC, "10.0.0.5", 60);
    assertThat(bench.openAt(DB)).containsExactly("10.0.0.5");
  }

  @Test
  void knowsOneOwnerOnEachSwitch() {
    bench.attach(DB, Bench.port("db/net0", "stub1", Bench.DB_MAC, Bench.ALL));
    leaseOfWeb();
    bench.leases(DB, Bench.DB_MAC, "10.0.0.5", 60);
    assertThat(bench.openAt(DB)).containsExactly("10.0.0.5");
  }

  @Test
  void learnsNoAddressThatWasGivenToAnother() {
    bench.attach(DB, Bench.db(Set.of(), "10.0.0.0/29", "192.168.0.1/32", "fd00::/64"));
    bench.leases(WEB, Frames.MAC, "10.0.0.5", 60);
    bench.leases(WEB, Frames.MAC, "192.168.0.1", 60);
    bench.advertised(WEB, Neighbours.prefix("fd00::", 60));
    assertThat(bench.told).isEmpty();
    bench.leases(WEB, Frames.MAC, "10.0.0.8", 60);
    assertThat(bench.told).containsExactly("+3 10.0.0.8");
  }

  @Test
  void learnsNoAddressThatWasGivenToItself() {
    bench.attach(WEB, Bench.web(Bench.ALL, "10.0.0.5/32"));
    bench.leases(WEB, Frames.MAC, "10.0.0.5", 60);
    assertThat(bench.told).isEmpty();
  }

  @Test
  void givesUpWhatIsGivenToAnother() {
    leaseOfWeb();
    bench.attach(DB, Bench.db(Bench.ALL, "10.0.0.5/32"));
    assertThat(bench.told).containsExactly("+3 10.0.0.5", "-3 10.0.0.5");
    assertThat(bench.learner.of(WEB_KEY)).isEmpty();
  }

  @Test
  void freesWhatIsNoLongerGiven() {
    bench.attach(DB, Bench.db(Bench.ALL, "10.0.0.5/32"));
    bench.attach(DB, Bench.db(Bench.ALL));
    leaseOfWeb();
  }

  @Test
  void closesWhatANewPolicyDoesNotAllow() {
    leaseOfWeb();
    bench.advertised(WEB, Neighbours.prefix("fd00::", 60));
    bench.attach(WEB, Bench.web(EnumSet.of(DynamicMethod.SLAAC)));
    assertThat(bench.openAt(WEB)).containsExactly("fd00::8:20ff:fe11:2233");
    bench.probes(WEB, "fd00::7");
    assertThat(bench.openAt(WEB)).as("the prefix is still known").contains("fd00::7");
    bench.attach(WEB, Bench.web(EnumSet.of(DynamicMethod.DHCPV4)));
    assertThat(bench.openAt(WEB)).isEmpty();
    assertThat(bench.learner.deadline()).isLessThan(Binding.FOREVER);
    bench.pass(60);
    assertThat(bench.learner.deadline()).isEqualTo(Binding.FOREVER);
  }

  @Test
  void keepsWhatANewPolicyAllows() {
    leaseOfWeb();
    bench.asks(WEB, Dhcp4.client(Dhcp4.REQUEST).ciaddr("10.0.0.5"));
    bench.attach(WEB, Bench.web(Bench.ALL));
    bench.hears(WEB, Dhcp4.ack("10.0.0.5", "10.0.0.1", 90));
    bench.attach(WEB, Bench.web(Bench.ALL, "10.9.0.0/16"));
    bench.pass(89);
    assertThat(bench.told).containsExactly("+3 10.0.0.5");
    bench.pass(1);
    assertThat(bench.openAt(WEB)).isEmpty();
  }

  @Test
  void saysWhatIsHeldWhileAPolicyIsMade() {
    leaseOfWeb();
    Set<?>[] seen = new Set<?>[1];
    bench.learner.attach(WEB, Bench.web(Set.of()), () -> seen[0] = bench.learner.of(WEB_KEY));
    assertThat(seen[0]).isEqualTo(Set.of(IpLiteral.parse("10.0.0.5")));
  }

  @Test
  void changesNothingIfThePolicyIsRefused() {
    leaseOfWeb();
    IllegalStateException refusal = new IllegalStateException("full");
    assertThatThrownBy(
            () ->
                bench.learner.attach(
                    WEB,
                    Bench.web(Set.of()),
                    () -> {
                      throw refusal;
                    }))
        .isSameAs(refusal);
    assertThat(bench.openAt(WEB)).containsExactly("10.0.0.5");
    bench.pass(60);
    assertThat(bench.openAt(WEB)).isEmpty();
  }

  @Test
  void forgetsAPortWithoutTheGate() {
    leaseOfWeb();
    bench.learner.takeChanges();
    bench.learner.detach(WEB);
    assertThat(bench.told).as("the policy is gone").containsExactly("+3 10.0.0.5");
    assertThat(bench.learner.of(WEB_KEY)).isEmpty();
    assertThat(bench.learner.vnic(WEB)).isEmpty();
    assertThat(bench.learner.takeChanges())
        .containsExactly(new Learned(WEB_KEY, 0, List.of(), List.of()));
    bench.leases(DB, Bench.DB_MAC, "10.0.0.5", 60);
    assertThat(bench.openAt(DB)).as("it is free again").containsExactly("10.0.0.5");
    bench.leases(WEB, Frames.MAC, "10.0.0.6", 60);
    assertThat(bench.openAt(WEB)).doesNotContain("10.0.0.6");
  }

  @Test
  void tellsEachChangeOnce() {
    bench.learner.takeChanges();
    leaseOfWeb();
    List<Learned> changes = bench.learner.takeChanges();
    assertThat(changes).hasSize(1);
    assertThat(changes.getFirst().vnic()).isEqualTo(WEB_KEY);
    assertThat(changes.getFirst().ifindex()).isEqualTo(WEB);
    assertThat(changes.getFirst().bindings()).containsExactly(bench.only());
    bench.asks(WEB, Dhcp4.client(Dhcp4.DISCOVER));
    assertThat(bench.learner.takeChanges()).isEmpty();
  }

  @Test
  void resumesWhatWasStored() {
    leaseOfWeb();
    bench.advertised(WEB, Neighbours.prefix("fd00::", 60));
    List<Learned> stored = bench.learner.takeChanges();
    Bench later = new Bench();
    later.learner.restore(stored);
    assertThat(later.learner.of(WEB_KEY)).hasSize(2);
    later.attach(WEB, Bench.web(Bench.ALL));
    later.attach(DB, Bench.db(Bench.ALL));
    assertThat(later.learner.of(WEB_KEY)).hasSize(2);
    assertThat(later.told).as("the policy has it").isEmpty();
    later.leases(DB, Bench.DB_MAC, "10.0.0.5", 60);
    assertThat(later.told).isEmpty();
    later.probes(WEB, "fd00::7");
    assertThat(later.told).containsExactly("+3 fd00::7");
    later.pass(60);
    assertThat(later.told)
        .contains("-3 10.0.0.5", "-3 fd00::7", "-3 fd00::8:20ff:fe11:2233")
        .hasSize(4);
    assertThat(later.learner.bindings()).isEmpty();
  }

  @Test
  void keepsARenewalThatCameWhileNobodyRead() {
    leaseOfWeb();
    List<Learned> stored = bench.learner.takeChanges();
    Bench later = new Bench();
    later.learner.restore(stored);
    later.attach(WEB, Bench.web(Bench.ALL));
    later.now += 50 * Bench.SECOND;
    later.asks(WEB, "10.0.0.1", Dhcp4.client(Dhcp4.REQUEST).ciaddr("10.0.0.5"));
    later.hears(WEB, Dhcp4.ack("10.0.0.5", "10.0.0.1", 60));
    later.pass(59);
    assertThat(later.told).isEmpty();
  }

  @Test
  void doesNotResumeForAnotherPortOfTheName() {
    leaseOfWeb();
    Bench later = new Bench();
    later.learner.restore(bench.learner.takeChanges());
    Set<?>[] seen = new Set<?>[1];
    later.learner.attach(99, Bench.web(Bench.ALL), () -> seen[0] = later.learner.of(WEB_KEY));
    assertThat(seen[0]).isEqualTo(Set.of());
    assertThat(later.learner.bindings()).isEmpty();
  }

  @Test
  void forgetsWhatWasStoredOfPortsThatDoNotCome() {
    leaseOfWeb();
    Bench later = new Bench();
    later.learner.restore(bench.learner.takeChanges());
    later.learner.forgetUnseen();
    assertThat(later.learner.of(WEB_KEY)).isEmpty();
    assertThat(later.learner.takeChanges()).contains(new Learned(WEB_KEY, 0, List.of(), List.of()));
  }

  @Test
  void holdsNothingThatTheGateRefusedToOpen() {
    bench.refusal =
        what -> {
          throw new IllegalStateException(what);
        };
    assertThatThrownBy(() -> bench.leases(WEB, Frames.MAC, "10.0.0.5", 60))
        .hasMessage("+3 10.0.0.5");
    assertThat(bench.learner.bindings()).isEmpty();
    assertThat(bench.learner.of(WEB_KEY)).isEmpty();
    bench.refusal = what -> {};
    bench.leases(DB, Bench.DB_MAC, "10.0.0.5", 60);
    assertThat(bench.openAt(DB)).containsExactly("10.0.0.5");
  }

  @Test
  void triesAgainWhatTheGateRefusedToClose() {
    leaseOfWeb();
    bench.leases(DB, Bench.DB_MAC, "10.0.0.6", 60);
    bench.refusal =
        what -> {
          if (what.equals("-3 10.0.0.5")) {
            throw new IllegalStateException(what);
          }
        };
    assertThatThrownBy(() -> bench.pass(60)).hasMessage("-3 10.0.0.5");
    assertThat(bench.openAt(DB)).as("the others' end is not held up").isEmpty();
    assertThat(bench.openAt(WEB)).containsExactly("10.0.0.5");
    bench.refusal = what -> {};
    bench.pass(1);
    assertThat(bench.openAt(WEB)).isEmpty();
    assertThat(bench.learner.bindings()).isEmpty();
  }

  @Test
  void listsInOrder() {
    bench.leases(DB, Bench.DB_MAC, "10.0.0.6", 60);
    bench.advertised(WEB, Neighbours.prefix("fd00::", 60));
    leaseOfWebBesides();
    assertThat(bench.learner.bindings())
        .extracting(Binding::toString)
        .containsExactly(
            "db/net0 10.0.0.6 by dhcpv4",
            "web/net0 10.0.0.5 by dhcpv4",
            "web/net0 fd00::8:20ff:fe11:2233 by slaac");
  }

  private void leaseOfWebBesides() {
    bench.leases(WEB, Frames.MAC, "10.0.0.5", 60);
  }
}
