package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.GracePeriod;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.net.IpPrefix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The policies in the kernel's maps.
 *
 * <p>A policy is an entry of the policy map, which holds an id, and the entries of the two tries
 * that carry this id. To replace one, the tries are filled under a fresh id, then the one entry is
 * overwritten: a frame meets the old policy or the new one, whole. The old id's entries go when no
 * program can be looking at them any more. What a killed daemon left half done is entries of an id
 * that no policy has; opening the table removes them.
 *
 * <p>Thread-safe: one change at a time.
 */
final class PolicyTable {
  private final BpfMap policies;
  private final BpfMap ipv4;
  private final BpfMap ipv6;

  /** The trie entries of each id that a policy has. */
  private final Map<Integer, List<Allowed>> live = new HashMap<>();

  private int nextId = 1;

  /** A key of one of the tries. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Allowed(BpfMap map, byte[] key) {
    int id() {
      return natural(key).getInt(MapSpec.LPM_LENGTH_BYTES);
    }
  }

  PolicyTable(BpfMap policies, BpfMap ipv4, BpfMap ipv6) {
    this.policies = policies;
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
    recover();
  }

  private void recover() {
    policies.forEach((_, value) -> live.put(id(value), new ArrayList<>()));
    List<Allowed> orphans = new ArrayList<>();
    for (BpfMap map : List.of(ipv4, ipv6)) {
      for (byte[] key : map.keys()) {
        Allowed entry = new Allowed(map, key);
        live.getOrDefault(entry.id(), orphans).add(entry);
        nextId = Math.max(nextId, entry.id() + 1);
      }
    }
    live.keySet().forEach(id -> nextId = Math.max(nextId, id + 1));
    delete(orphans);
  }

  /** Whether there is a policy for a port. */
  synchronized boolean has(int ifindex) {
    return policies.lookup(key(ifindex)).isPresent();
  }

  /** The ports that have a policy. */
  synchronized Set<Integer> ports() {
    return policies.keys().stream().map(key -> natural(key).getInt()).collect(Collectors.toSet());
  }

  /**
   * Gives a port a policy, in the place of the one that it has. Having it already costs no wait, so
   * that a daemon that starts anew takes over many ports quickly.
   */
  synchronized void install(int ifindex, PortPolicy policy) {
    if (!isInForce(ifindex, policy)) {
      install(ifindex, policy, policy.flags());
    }
  }

  private boolean isInForce(int ifindex, PortPolicy policy) {
    Optional<byte[]> current = policies.lookup(key(ifindex));
    if (current.isEmpty()) {
      return false;
    }
    int id = id(current.get());
    Set<ByteBuffer> wanted =
        policy.allowed().stream()
            .map(prefix -> ByteBuffer.wrap(allowed(id, prefix).key()))
            .collect(Collectors.toSet());
    Set<ByteBuffer> present =
        live.getOrDefault(id, List.of()).stream()
            .map(entry -> ByteBuffer.wrap(entry.key()))
            .collect(Collectors.toSet());
    return wanted.equals(present)
        && Arrays.equals(current.get(), value(id, policy.flags(), policy.mac().toLong()));
  }

  /** The same with other switches; tests try those that no policy has. */
  synchronized void install(int ifindex, PortPolicy policy, Set<PolicyFlag> flags) {
    int id = nextId++;
    List<Allowed> entries = policy.allowed().stream().map(prefix -> allowed(id, prefix)).toList();
    List<Allowed> made = new ArrayList<>();
    Optional<Integer> replaced;
    try {
      for (Allowed entry : entries) {
        entry.map().update(entry.key(), new byte[1]);
        made.add(entry);
      }
      replaced = policies.lookup(key(ifindex)).map(PolicyTable::id);
      policies.update(key(ifindex), value(id, flags, policy.mac().toLong()));
    } catch (RuntimeException e) {
      undo(made, e);
      throw e;
    }
    live.put(id, entries);
    replaced.ifPresent(this::retire);
  }

  private static void undo(List<Allowed> made, RuntimeException cause) {
    try {
      delete(made);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** Removes a port's policy; false if it had none. */
  synchronized boolean remove(int ifindex) {
    Optional<Integer> id = policies.lookup(key(ifindex)).map(PolicyTable::id);
    policies.delete(key(ifindex));
    id.ifPresent(this::forget);
    return id.isPresent();
  }

  private void retire(int id) {
    if (!live.getOrDefault(id, List.of()).isEmpty()) {
      GracePeriod.await();
    }
    forget(id);
  }

  private void forget(int id) {
    delete(live.getOrDefault(id, List.of()));
    live.remove(id);
  }

  private static void delete(List<Allowed> entries) {
    entries.forEach(entry -> entry.map().delete(entry.key()));
  }

  private Allowed allowed(int id, IpPrefix prefix) {
    BpfMap map = prefix.isIpv4() ? ipv4 : ipv6;
    byte[] address = prefix.address().getAddress();
    byte[] key = new byte[map.spec().keySize()];
    natural(key).putInt(Integer.SIZE + prefix.length()).putInt(id).put(address);
    return new Allowed(map, key);
  }

  private static byte[] value(int id, Set<PolicyFlag> flags, long mac) {
    int bits = flags.stream().mapToInt(PolicyFlag::mask).reduce(0, (a, b) -> a | b);
    byte[] value = new byte[GuardMaps.Policy.SIZE];
    natural(value)
        .putInt(GuardMaps.Policy.ID, id)
        .putInt(GuardMaps.Policy.FLAGS, bits)
        .putLong(GuardMaps.Policy.MAC, mac);
    return value;
  }

  private static int id(byte[] value) {
    return natural(value).getInt(GuardMaps.Policy.ID);
  }

  static byte[] key(int ifindex) {
    return natural(new byte[Integer.BYTES]).putInt(ifindex).array();
  }

  private static ByteBuffer natural(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
