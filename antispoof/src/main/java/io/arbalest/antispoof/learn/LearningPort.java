package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.VnicKey;
import java.util.List;
import java.util.Set;

/**
 * A port as a learner needs to know it.
 *
 * @param vnic whose it is
 * @param lower its switch, on which an address has one owner
 * @param mac the VNIC's own address
 * @param furtherMacs those that it may use beside
 * @param methods how it may get addresses; none means that it owns what is static and learns
 *     nothing
 * @param allowed its static addresses
 */
public record LearningPort(
    VnicKey vnic,
    LinkName lower,
    MacAddress mac,
    Set<MacAddress> furtherMacs,
    Set<DynamicMethod> methods,
    List<IpPrefix> allowed) {
  public LearningPort {
    furtherMacs = Set.copyOf(furtherMacs);
    methods = Set.copyOf(methods);
    allowed = List.copyOf(allowed);
  }

  boolean has(MacAddress other) {
    return mac.equals(other) || furtherMacs.contains(other);
  }
}
