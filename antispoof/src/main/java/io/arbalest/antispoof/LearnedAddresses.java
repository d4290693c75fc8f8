package io.arbalest.antispoof;

import io.arbalest.vnic.VnicKey;
import java.net.InetAddress;
import java.util.Set;

/** What VNICs have got by dynamic methods and hold at this moment. Asked by any thread. */
@FunctionalInterface
public interface LearnedAddresses {
  /** Nobody has learned anything. */
  LearnedAddresses NONE = vnic -> Set.of();

  /** The addresses that a VNIC may use because it has learned them; IPv4 and IPv6. */
  Set<InetAddress> of(VnicKey vnic);
}
