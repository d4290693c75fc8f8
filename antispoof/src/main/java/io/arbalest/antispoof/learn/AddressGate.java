package io.arbalest.antispoof.learn;

import java.net.InetAddress;

/** What lets a learned address out of a port: the guard. Both verbs may be repeated. */
public interface AddressGate {
  /** Lets a port send from an address, and claim it, beside what its policy says. */
  void allow(int ifindex, InetAddress address);

  /** Takes that back; what the policy itself says stays. */
  void withdraw(int ifindex, InetAddress address);
}
