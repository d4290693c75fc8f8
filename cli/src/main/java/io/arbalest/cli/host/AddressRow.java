package io.arbalest.cli.host;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.vnic.ZoneName;
import java.util.Optional;

/**
 * An address of a zone or of the host itself.
 *
 * @param zone whose it is; empty for the global zone
 * @param link the interface's name there
 * @param label the second half of the address object's name: {@code v4}, {@code v6a}
 * @param type {@code static} or {@code addrconf}
 * @param state {@code ok}, {@code tentative} or {@code duplicate}
 * @param address with the length of its network's prefix
 */
public record AddressRow(
    Optional<ZoneName> zone,
    String link,
    String label,
    String type,
    String state,
    IpPrefix address) {}
