package io.arbalest.antispoof;

import io.arbalest.antispoof.PolicyCodec.Entry;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.bpf.GracePeriod;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.net.IpPrefix;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The policies in the kernel's maps.
 *
 * <p>A policy is an entry of the policy map, which holds an id, and the entries of the sets that
 * carry this id. To replace one, the sets are filled under a fresh id, then the one entry is
 * overwritten: a frame meets the old policy or the new one, whole. The old id's entries go when no
 * program can be looking at them any more. What a killed daemon left half done is entries of an id
 * that no policy has; opening the table removes them, and so does the next change after a failure.
 *
 * <p>Thread-safe: one change at a time.
 */
final class PolicyTable {
  private final BpfMap policies;
  private final Map<MapSpec, BpfMap> sets = new HashMap<>();

  /** What the sets hold, by id. */
  private final Map<Integer, Map<Entry, ByteBuffer>> live = new HashMap<>();

  /** Ids that no policy has, or has any more. */
  private final Set<Integer> unused = new HashSet<>();

  private int nextId = 1;

  PolicyTable(BpfObjects maps) {
    this.policies = maps.map(GuardMaps.POLICY.name());
    PolicyCodec.SETS.forEach(spec -> sets.put(spec, maps.map(spec.name())));
    recover();
  }

  private void recover() {
    sets.forEach(
        (spec, map) ->
            map.forEach(
                (key, value) ->
                    note(new Entry(spec, ByteBuffer.wrap(key)), ByteBuffer.wrap(value))));
    unused.addAll(live.keySet());
    policies.forEach((_, value) -> unused.remove(PolicyCodec.id(value)));
    policies.forEach((_, value) -> nextId = Math.max(nextId, PolicyCodec.id(value) + 1));
    live.keySet().forEach(id -> nextId = Math.max(nextId, id + 1));
    sweep();
  }

  private void note(Entry entry, ByteBuffer value) {
    live.computeIfAbsent(entry.id(), _ -> new HashMap<>()).put(entry, value);
  }

  /** Whether there is a policy for a port. */
  synchronized boolean has(int ifindex) {
    return id(ifindex).isPresent();
  }

  /** The ports that have a policy. */
  synchronized Set<Integer> ports() {
    return policies.keys().stream().map(PolicyCodec::port).collect(Collectors.toSet());
  }

  private OptionalInt id(int ifindex) {
    Optional<byte[]> value = policies.lookup(PolicyCodec.port(ifindex));
    return value.isPresent() ? OptionalInt.of(PolicyCodec.id(value.get())) : OptionalInt.empty();
  }

  /**
   * Gives a port a policy, in the place of the one that it has. Having it already costs no wait, so
   * that a daemon that starts anew takes over many ports quickly.
   */
  synchronized void install(int ifindex, PolicyContents contents) {
    sweep();
    OptionalInt current = id(ifindex);
    if (current.isPresent() && isInForce(ifindex, current.getAsInt(), contents)) {
      return;
    }
    int id = nextId++;
    fill(ifindex, id, contents);
    current.ifPresent(this::retire);
  }

  /** The same with other switches; tests try those that no policy has. */
  void install(int ifindex, PortPolicy policy, Set<PolicyFlag> flags) {
    install(ifindex, PolicyContents.of(policy, flags));
  }

  private boolean isInForce(int ifindex, int id, PolicyContents contents) {
    ByteBuffer wanted = ByteBuffer.wrap(PolicyCodec.policy(id, contents));
    return policies
            .lookup(PolicyCodec.port(ifindex))
            .map(ByteBuffer::wrap)
            .equals(Optional.of(wanted))
        && entries(id).equals(PolicyCodec.entries(id, contents));
  }

  private Map<Entry, ByteBuffer> entries(int id) {
    return live.getOrDefault(id, Map.of());
  }

  private void fill(int ifindex, int id, PolicyContents contents) {
    unused.add(id);
    try {
      PolicyCodec.entries(id, contents).forEach(this::put);
      policies.update(PolicyCodec.port(ifindex), PolicyCodec.policy(id, contents));
      unused.remove(id);
    } catch (RuntimeException e) {
      undo(id, e);
      throw e;
    }
  }

  private void undo(int id, RuntimeException cause) {
    try {
      clear(id);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** Removes a port's policy; false if it had none. */
  synchronized boolean remove(int ifindex) {
    sweep();
    OptionalInt id = id(ifindex);
    if (id.isPresent()) {
      policies.delete(PolicyCodec.port(ifindex));
      unused.add(id.getAsInt());
      clear(id.getAsInt());
    }
    return id.isPresent();
  }

  private void retire(int id) {
    unused.add(id);
    if (!entries(id).isEmpty()) {
      GracePeriod.await();
    }
    clear(id);
  }

  /** Removes what earlier changes could not. */
  private void sweep() {
    List.copyOf(unused).forEach(this::clear);
  }

  private void clear(int id) {
    List.copyOf(entries(id).keySet()).forEach(this::delete);
    live.remove(id);
    unused.remove(id);
  }

  /**
   * Lets a port's zone use an address that it has learned, in one step; what other prefixes allow
   * stays allowed.
   *
   * @return false if the port has no policy
   */
  synchronized boolean allow(int ifindex, InetAddress address) {
    OptionalInt id = id(ifindex);
    id.ifPresent(i -> learn(i, IpPrefix.host(address), true));
    return id.isPresent();
  }

  /** Takes a learned address back, in one step; false if the port has no policy. */
  synchronized boolean withdraw(int ifindex, InetAddress address) {
    OptionalInt id = id(ifindex);
    id.ifPresent(i -> learn(i, IpPrefix.host(address), false));
    return id.isPresent();
  }

  private void learn(int id, IpPrefix host, boolean learned) {
    Entry entry = PolicyCodec.prefix(id, host);
    ByteBuffer value = entries(id).get(entry);
    Rights before = value == null ? Rights.NONE : Rights.decode(value);
    Rights after = before.withLearned(learned);
    if (before.equals(after)) {
      return;
    }
    if (after.isEmpty()) {
      delete(entry);
    } else {
      put(entry, after.withInherited(around(id, host)).encode());
    }
  }

  /** What the prefixes around an address give it. */
  private int around(int id, IpPrefix host) {
    Entry shorter = PolicyCodec.prefix(id, host, host.length() - 1);
    return map(shorter)
        .lookup(PolicyCodec.bytes(shorter.key()))
        .map(value -> Rights.decode(ByteBuffer.wrap(value)).effective())
        .orElse(0);
  }

  private void put(Entry entry, ByteBuffer value) {
    map(entry).update(PolicyCodec.bytes(entry.key()), PolicyCodec.bytes(value));
    note(entry, value);
  }

  private void delete(Entry entry) {
    map(entry).delete(PolicyCodec.bytes(entry.key()));
    live.getOrDefault(entry.id(), new HashMap<>()).remove(entry);
  }

  private BpfMap map(Entry entry) {
    BpfMap map = sets.get(entry.map());
    if (map == null) {
      throw new IllegalStateException(entry.map().name() + " is no set of policies");
    }
    return map;
  }
}
