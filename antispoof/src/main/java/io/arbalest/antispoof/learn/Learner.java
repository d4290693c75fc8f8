package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.LearnedAddresses;
import io.arbalest.antispoof.NotedFrame;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.VnicKey;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Learns the addresses that VNICs get by DHCP, DHCPv6 and SLAAC, and opens the gate for each as
 * long as it lasts.
 *
 * <p>Moments are nanoseconds since the machine started, those of notes and those of {@link #expire}
 * by the same clock. Nothing ends by itself: call {@link #expire} when {@link #deadline} has come,
 * and after the notes that are waiting, since one of them may have put the end off.
 *
 * <p>Each VNIC has tables of its own, so one that floods them starves only itself. On a switch an
 * address has one owner; who learned it first keeps it, and who is given it goes before.
 *
 * <p>Safe for use by several threads. It calls the gate while it keeps other threads out; {@link
 * #of} never waits, so the gate may ask it back.
 */
public final class Learner implements LearnedAddresses {
  private final AddressGate gate;
  private final Map<Integer, VnicLearner> ports = new HashMap<>();
  private final Map<LinkName, Ownership> switches = new HashMap<>();

  /** What was stored of VNICs whose ports have not been seen yet. */
  private final Map<VnicKey, Learned> expected = new HashMap<>();

  private final Map<VnicKey, Set<InetAddress>> open = new ConcurrentHashMap<>();

  /** VNICs of which something has changed since it was last asked. */
  private final Set<VnicKey> changed = new LinkedHashSet<>();

  /** VNICs of which there was something to store when they last changed. */
  private final Set<VnicKey> stored = new HashSet<>();

  /** Nothing ends before. */
  private long deadline = Binding.FOREVER;

  public Learner(AddressGate gate) {
    this.gate = gate;
  }

  /** Takes what was learned before, for VNICs whose ports are still to come. */
  public synchronized void restore(Collection<Learned> before) {
    for (Learned learned : before) {
      expected.put(learned.vnic(), learned);
      stored.add(learned.vnic());
      open.put(learned.vnic(), addresses(learned.bindings()));
    }
  }

  private static Set<InetAddress> addresses(List<Binding> bindings) {
    return bindings.stream().map(Binding::address).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Learns for a port from now on, or by other rules than before: what those do not allow is
   * closed.
   *
   * @param policy puts the port's policy in force, with all that {@link #of} says; nothing is
   *     learned meanwhile. If it throws, little has changed
   */
  public synchronized void attach(int ifindex, LearningPort port, Runnable policy) {
    forgetOtherPorts(ifindex, port.vnic());
    policy.run();
    VnicLearner old = ports.get(ifindex);
    if (old == null || !old.port().equals(port)) {
      replace(ifindex, port);
    }
  }

  /** Another port of a VNIC's name was another VNIC. */
  private void forgetOtherPorts(int ifindex, VnicKey vnic) {
    Learned before = expected.get(vnic);
    if (before != null && before.ifindex() != ifindex) {
      expected.remove(vnic);
      publish(nothing(vnic));
    }
    ports.values().stream()
        .filter(other -> other.port().vnic().equals(vnic) && other.ifindex() != ifindex)
        .toList()
        .forEach(other -> detach(other.ifindex()));
  }

  private void replace(int ifindex, LearningPort port) {
    Optional<Learned> before = before(ifindex, port.vnic());
    Ownership ownership = switches.computeIfAbsent(port.lower(), name -> new Ownership());
    ownership.join(port);
    VnicLearner learner = new VnicLearner(port, ifindex, ownership, gate);
    ports.put(ifindex, learner);
    try {
      before.ifPresent(learner::resume);
    } finally {
      note(learner);
    }
    settleDisputes(ownership);
  }

  private Optional<Learned> before(int ifindex, VnicKey vnic) {
    VnicLearner old = ports.remove(ifindex);
    if (old == null) {
      return Optional.ofNullable(expected.remove(vnic));
    }
    Learned learned = old.learned();
    leave(old);
    return Optional.of(learned).filter(held -> held.vnic().equals(vnic));
  }

  private void leave(VnicLearner old) {
    old.holdings().drop();
    Ownership ownership = switches.get(old.port().lower());
    if (ownership != null) {
      ownership.leave(old.port());
      if (ownership.isEmpty()) {
        switches.remove(old.port().lower());
      }
    }
  }

  /** An address that has been given to somebody is his, whoever had learned it. */
  private void settleDisputes(Ownership ownership) {
    Map<InetAddress, VnicKey> disputed = ownership.disputed();
    for (VnicLearner learner : List.copyOf(ports.values())) {
      List<Binding> lost =
          learner.holdings().list().stream()
              .filter(b -> learner.port().vnic().equals(disputed.get(b.address())))
              .filter(b -> switches.get(learner.port().lower()) == ownership)
              .toList();
      if (!lost.isEmpty()) {
        lost.forEach(binding -> learner.holdings().end(binding.address()));
        note(learner);
      }
    }
  }

  /** Forgets a port and all that it learned; its policy is gone or about to go. */
  public synchronized void detach(int ifindex) {
    VnicLearner old = ports.remove(ifindex);
    if (old != null) {
      leave(old);
      publish(nothing(old.port().vnic()));
    }
  }

  /** Forgets what was stored of VNICs whose ports have not come. */
  public synchronized void forgetUnseen() {
    List<VnicKey> unseen = List.copyOf(expected.keySet());
    expected.clear();
    unseen.forEach(vnic -> publish(nothing(vnic)));
  }

  /** Reads a note; one of an unknown port says nothing. */
  public synchronized void onNote(NotedFrame frame) {
    VnicLearner learner = ports.get(frame.ifindex());
    if (learner == null || learner.port().methods().isEmpty()) {
      return;
    }
    Learned before = learner.learned();
    try {
      learner.hear(frame);
    } finally {
      if (!learner.learned().equals(before)) {
        note(learner);
      }
    }
  }

  /** Closes what has ended. Harmless if nothing has. */
  public synchronized void expire(long now) {
    if (now < deadline) {
      return;
    }
    deadline = Binding.FOREVER;
    RuntimeException failure = null;
    for (VnicLearner learner : ports.values()) {
      if (learner.deadline() <= now) {
        try {
          learner.expire(now);
        } catch (RuntimeException e) {
          failure = e;
        }
        note(learner);
      }
      deadline = Math.min(deadline, learner.deadline());
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Nothing ends before this moment; {@link Binding#FOREVER} if nothing ends at all. */
  public synchronized long deadline() {
    return deadline;
  }

  private void note(VnicLearner learner) {
    deadline = Math.min(deadline, learner.deadline());
    publish(learner.learned());
  }

  private static Learned nothing(VnicKey vnic) {
    return new Learned(vnic, 0, List.of(), List.of());
  }

  private void publish(Learned learned) {
    VnicKey vnic = learned.vnic();
    if (learned.bindings().isEmpty()) {
      open.remove(vnic);
    } else {
      open.put(vnic, addresses(learned.bindings()));
    }
    boolean had = learned.isEmpty() ? stored.remove(vnic) : !stored.add(vnic);
    if (had || !learned.isEmpty()) {
      changed.add(vnic);
    }
  }

  @Override
  public Set<InetAddress> of(VnicKey vnic) {
    return open.getOrDefault(vnic, Set.of());
  }

  /** The VNIC at a port that is attached. */
  public synchronized Optional<VnicKey> vnic(int ifindex) {
    return Optional.ofNullable(ports.get(ifindex)).map(learner -> learner.port().vnic());
  }

  /** All that is held, by VNIC and address. */
  public synchronized List<Binding> bindings() {
    return ports.values().stream()
        .flatMap(learner -> learner.holdings().list().stream())
        .sorted(Binding.ORDER)
        .toList();
  }

  /** Whether {@link #takeChanges} has something to tell. */
  public synchronized boolean hasChanges() {
    return !changed.isEmpty();
  }

  /** What has changed since the last call; who has nothing left to store is empty. */
  public synchronized List<Learned> takeChanges() {
    Map<VnicKey, Learned> now = new HashMap<>();
    ports.values().forEach(learner -> now.put(learner.port().vnic(), learner.learned()));
    List<Learned> changes =
        changed.stream().map(vnic -> now.getOrDefault(vnic, nothing(vnic))).toList();
    changed.clear();
    return changes;
  }
}
