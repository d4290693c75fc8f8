package io.arbalest.zone.host;

import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.antispoof.learn.Binding;
import io.arbalest.antispoof.learn.Learned;
import io.arbalest.antispoof.learn.LearnedPrefix;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.vnic.VnicKey;
import java.util.Arrays;
import java.util.List;

/**
 * The file of what a VNIC has learned.
 *
 * @param vnic whose it is
 * @param boot the start of the machine in which its moments and its port mean something
 * @param ifindex its port
 * @param bindings the addresses
 * @param prefixes the prefixes that addresses may be made of
 */
record StoredLearned(
    VnicKey vnic,
    String boot,
    int ifindex,
    List<StoredBinding> bindings,
    List<StoredPrefix> prefixes) {

  /**
   * An address.
   *
   * @param method as commands name it
   * @param until nanoseconds since the machine started
   */
  record StoredBinding(String address, String method, String server, String client, long until) {
    private static StoredBinding of(Binding binding) {
      return new StoredBinding(
          IpLiteral.format(binding.address()),
          binding.method().label(),
          binding.server(),
          binding.client(),
          binding.until());
    }

    private Binding binding(VnicKey vnic) {
      return new Binding(
          vnic, IpLiteral.parse(address), StoredLearned.method(method), server, client, until);
    }
  }

  /** A prefix of 64 bits. */
  record StoredPrefix(String prefix, String router, long until) {
    private static StoredPrefix of(LearnedPrefix prefix) {
      return new StoredPrefix(
          IpLiteral.format(prefix.prefix()), IpLiteral.format(prefix.router()), prefix.until());
    }

    private LearnedPrefix learned() {
      return new LearnedPrefix(IpLiteral.parse(prefix), IpLiteral.parse(router), until);
    }
  }

  /**
   * @throws IllegalArgumentException if an address or a method is none
   */
  StoredLearned {
    bindings = List.copyOf(bindings);
    prefixes = List.copyOf(prefixes);
    learned(vnic, ifindex, bindings, prefixes);
  }

  static StoredLearned of(Learned learned, String boot) {
    return new StoredLearned(
        learned.vnic(),
        boot,
        learned.ifindex(),
        learned.bindings().stream().map(StoredBinding::of).toList(),
        learned.prefixes().stream().map(StoredPrefix::of).toList());
  }

  Learned learned() {
    return learned(vnic, ifindex, bindings, prefixes);
  }

  private static Learned learned(
      VnicKey vnic, int ifindex, List<StoredBinding> bindings, List<StoredPrefix> prefixes) {
    return new Learned(
        vnic,
        ifindex,
        bindings.stream().map(binding -> binding.binding(vnic)).toList(),
        prefixes.stream().map(StoredPrefix::learned).toList());
  }

  private static DynamicMethod method(String label) {
    return Arrays.stream(DynamicMethod.values())
        .filter(method -> method.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("method '" + label + "' does not exist"));
  }
}
