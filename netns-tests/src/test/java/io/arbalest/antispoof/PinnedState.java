package io.arbalest.antispoof;

import io.arbalest.antispoof.PolicyCodec.Entry;
import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.MapSpec;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What lies in the guard's pinned maps, read without the guard. */
record PinnedState(
    Map<Integer, ByteBuffer> policies,
    Map<Entry, ByteBuffer> entries,
    Set<Integer> counted,
    Set<Integer> paced) {

  static PinnedState of(Bpffs pins) {
    try (BpfObjects maps = BpfObjects.open(pins, GuardMaps.ALL)) {
      Map<Integer, ByteBuffer> policies = new HashMap<>();
      maps.map(GuardMaps.POLICY.name())
          .forEach((key, value) -> policies.put(PolicyCodec.port(key), ByteBuffer.wrap(value)));
      Map<Entry, ByteBuffer> entries = new HashMap<>();
      for (MapSpec spec : PolicyCodec.SETS) {
        maps.map(spec.name())
            .forEach(
                (key, value) ->
                    entries.put(new Entry(spec, ByteBuffer.wrap(key)), ByteBuffer.wrap(value)));
      }
      return new PinnedState(
          policies,
          entries,
          ports(maps.map(GuardMaps.DROPS.name())),
          ports(maps.map(GuardMaps.PACE.name())));
    }
  }

  private static Set<Integer> ports(BpfMap map) {
    return map.keys().stream().map(PolicyCodec::port).collect(Collectors.toSet());
  }

  /** Whether the maps hold these policies, and nothing else. */
  boolean isExactly(Map<Integer, PolicyContents> wanted) {
    Map<Entry, ByteBuffer> expected = new HashMap<>();
    for (Map.Entry<Integer, PolicyContents> port : wanted.entrySet()) {
      Optional<ByteBuffer> value = Optional.ofNullable(policies.get(port.getKey()));
      if (value.isEmpty()) {
        return false;
      }
      int id = PolicyCodec.id(PolicyCodec.bytes(value.get()));
      if (!value.get().equals(ByteBuffer.wrap(PolicyCodec.policy(id, port.getValue())))) {
        return false;
      }
      expected.putAll(PolicyCodec.entries(id, port.getValue()));
    }
    return policies.keySet().equals(wanted.keySet()) && entries.equals(expected);
  }

  /** Whether counters and paces are those of the ports that have a policy, and of unknown ones. */
  boolean metersMatch() {
    Set<Integer> ports = new HashSet<>(policies.keySet());
    ports.add(GuardMaps.UNKNOWN_PORT);
    return counted.equals(ports) && paced.equals(ports);
  }

  /** How many entries there are in a set. */
  int size(MapSpec set) {
    return (int) entries.keySet().stream().filter(entry -> entry.map().equals(set)).count();
  }
}
