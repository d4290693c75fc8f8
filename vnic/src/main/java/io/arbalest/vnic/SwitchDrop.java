package io.arbalest.vnic;

import java.util.Locale;

/** Why the switch does not forward a frame; each has a counter per port. */
public enum SwitchDrop {
  /** The port is being made or removed: it is in no switch. */
  NO_PORT(0),
  /** The frame bears a VLAN tag and the port was granted none. */
  VLAN_TAG(1),
  /** Shorter than a destination address. */
  SHORT_FRAME(2),
  /** No VNIC of the switch has the destination address, and there is no uplink to try. */
  UNKNOWN_UNICAST(3),
  /** The destination is the sender itself. */
  TO_SELF(4),
  /** The port's switch is being removed. */
  NO_SWITCH(5),
  /** A copy could not be handed to the port, which is down; counted at the receiving port. */
  COPY_FAILED(6),
  /** The guard has not judged the frame: somebody detached it from the port. */
  UNGUARDED(7);

  private final int number;

  SwitchDrop(int number) {
    this.number = number;
  }

  /** The place of its counter in memory; never given to another reason. */
  int number() {
    return number;
  }

  /** As an operator reads it: {@code unknown-unicast}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is counted at the port that should have got the frame, not the one that sent it. */
  public boolean atReceiver() {
    return this == COPY_FAILED;
  }
}
