package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.DynamicMethod;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The addresses that one VNIC has learned. Nothing gets in that another VNIC of the switch owns,
 * and no more than a VNIC's share; what gets in or out passes the gate at once.
 */
final class Holdings {
  static final int MAX_IPV4 = 16;
  static final int MAX_IPV6 = 64;

  private final Map<InetAddress, Binding> bindings = new LinkedHashMap<>();
  private final Ownership ownership;
  private final AddressGate gate;
  private final LearningPort port;
  private final int ifindex;

  Holdings(LearningPort port, int ifindex, Ownership ownership, AddressGate gate) {
    this.port = port;
    this.ifindex = ifindex;
    this.ownership = ownership;
    this.gate = gate;
  }

  LearningPort port() {
    return port;
  }

  List<Binding> list() {
    return List.copyOf(bindings.values());
  }

  Optional<Binding> find(InetAddress address) {
    return Optional.ofNullable(bindings.get(address));
  }

  List<Binding> by(DynamicMethod method) {
    return bindings.values().stream().filter(binding -> binding.isBy(method)).toList();
  }

  /** Takes what was held before, if it may still be; the gate is open for it. */
  void resume(Binding binding) {
    boolean fits =
        port.methods().contains(binding.method())
            && ownership.claim(port.vnic(), binding.address()) == Ownership.Claim.FREE;
    bindings.put(binding.address(), binding);
    if (fits) {
      ownership.learn(port.vnic(), binding.address());
    } else {
      end(binding.address());
    }
  }

  /**
   * Opens an address, or moves the end of one that is open.
   *
   * @return false if the VNIC cannot have it
   */
  boolean grant(Binding binding) {
    InetAddress address = binding.address();
    if (bindings.containsKey(address)) {
      bindings.put(address, binding);
      return true;
    }
    boolean free =
        IpAddresses.isStation(address)
            && ownership.claim(port.vnic(), address) == Ownership.Claim.FREE
            && makeRoom(address);
    if (free) {
      gate.allow(ifindex, address);
      bindings.put(address, binding);
      ownership.learn(port.vnic(), address);
    }
    return free;
  }

  /** Whether there is room for one more, if need be in the place of what was claimed long ago. */
  private boolean makeRoom(InetAddress address) {
    boolean ipv4 = address instanceof Inet4Address;
    long held = bindings.keySet().stream().filter(a -> a instanceof Inet4Address == ipv4).count();
    if (held < (ipv4 ? MAX_IPV4 : MAX_IPV6)) {
      return true;
    }
    List<Binding> old = ipv4 ? List.of() : claimed();
    old.stream().findFirst().map(Binding::address).ifPresent(this::end);
    return !old.isEmpty();
  }

  /**
   * What the zone chose by itself, longest claimed first. Privacy addresses (RFC 8981) are given up
   * without a word, so the last ones are those in use.
   */
  private List<Binding> claimed() {
    return by(DynamicMethod.SLAAC).stream().filter(binding -> !isOfMac(binding)).toList();
  }

  private boolean isOfMac(Binding binding) {
    return binding.address() instanceof Inet6Address v6
        && IpAddresses.Half.low(v6).equals(Eui64.of(port.mac()));
  }

  /** Closes an address; nothing happens if it is not open. */
  void end(InetAddress address) {
    Binding binding = bindings.get(address);
    if (binding == null) {
      return;
    }
    // What the gate refuses to close is overdue from now on, and so is tried again.
    bindings.put(address, binding.endingAt(0));
    gate.withdraw(ifindex, address);
    bindings.remove(address);
    ownership.forget(port.vnic(), address);
  }

  /** Closes what ends at a moment or before. */
  void expire(long now) {
    List<InetAddress> over = new ArrayList<>();
    bindings.forEach(
        (address, binding) -> {
          if (binding.until() <= now) {
            over.add(address);
          }
        });
    over.forEach(this::end);
  }

  /** Lets go of everything without the gate: the port is no more, or is about to be known anew. */
  void drop() {
    bindings.keySet().forEach(address -> ownership.forget(port.vnic(), address));
    bindings.clear();
  }
}
