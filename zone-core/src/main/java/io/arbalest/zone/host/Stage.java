package io.arbalest.zone.host;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.Rehearsal;
import io.arbalest.vnic.VnicKey;

/** Where frames are tried that nobody sends: the programs that are in force at the ports. */
@FunctionalInterface
public interface Stage {
  /**
   * What the program at a VNIC's port would do with a frame; nothing is counted, reported or sent.
   *
   * @param frame from the Ethernet destination on
   * @throws io.arbalest.vnic.LinkException if the VNIC has no port, or the port not its filters
   * @throws IllegalArgumentException if the kernel tries no program on such a frame: see {@link
   *     io.arbalest.antispoof.Guard#rehearse}
   */
  Rehearsal rehearse(VnicKey vnic, Direction direction, byte[] frame);
}
