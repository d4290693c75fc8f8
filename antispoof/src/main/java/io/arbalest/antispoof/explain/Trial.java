package io.arbalest.antispoof.explain;

import io.arbalest.antispoof.Direction;
import java.util.Optional;

/**
 * A frame that a VNIC's protection is tried with.
 *
 * @param kind its name in the matrix, such as {@code arp-foreign-ip}
 * @param direction which way it goes
 * @param frame from the Ethernet destination on
 * @param passes what must become of it whatever the rule model says; empty if that is for the model
 *     to say alone, because the VNIC's protection is not the whole one
 */
@SuppressWarnings("ArrayRecordComponent") // a view: never compared
public record Trial(String kind, Direction direction, byte[] frame, Optional<Boolean> passes) {}
