package io.arbalest.vnic;

import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.LinkKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * How links of one daemon instance are known as its own, whatever they are called.
 *
 * <p>The alias of a port (IFLA_IFALIAS) says whose it is and which VNIC it serves. The kernel takes
 * no alias in the message that makes a link, so a group number in that message marks a port from
 * its first moment: a link of the group without an alias is one whose making was cut short.
 *
 * @param instance the daemon instance
 */
record OwnerMark(String instance) {
  private static final String PREFIX = "arbalest:";
  private static final String KIND = ":vnic:";

  /** Out of the way of the small group numbers that people choose. */
  private static final int GROUP_BASE = 0x4000_0000;

  private static final int GROUP_MASK = 0x3fff_fffe;

  /**
   * @throws IllegalArgumentException if the name would make the alias ambiguous
   */
  OwnerMark {
    if (!instance.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,126}")) {
      throw new IllegalArgumentException(
          "instance '" + instance + "': letters, digits, '_', '.' and '-' are allowed");
    }
  }

  /** The alias of a VNIC's port. */
  String alias(VnicKey key) {
    return PREFIX + instance + KIND + key;
  }

  /** The VNIC that a port with this alias serves; empty if the port is not ours. */
  Optional<VnicKey> read(String alias) {
    String ours = PREFIX + instance + KIND;
    try {
      return alias.startsWith(ours)
          ? Optional.of(VnicKey.parse(alias.substring(ours.length())))
          : Optional.empty();
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }

  /** Whether a link was made by this instance; its group says so as long as it exists. */
  boolean isOn(Link link) {
    boolean member = link.group() == group() || link.group() == doomedGroup();
    return link.kind() instanceof LinkKind.Veth && member;
  }

  /** Whether it is being removed, or was when its remover died. */
  boolean isDoomed(Link link) {
    return isOn(link) && link.group() == doomedGroup();
  }

  /** The group of every port of this instance. */
  int group() {
    CRC32 crc = new CRC32();
    crc.update(instance.getBytes(StandardCharsets.UTF_8));
    return GROUP_BASE | ((int) crc.getValue() & GROUP_MASK);
  }

  /** The group of ports that are being removed together. */
  int doomedGroup() {
    return group() | 1;
  }
}
