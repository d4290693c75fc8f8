package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;

/**
 * One dropped frame of which the kernel kept the first bytes. Counters count every drop; events are
 * rate-limited for each port, so {@code suppressed} says how many drops of the port had none since
 * the one before.
 *
 * @param bootNanos when, by the kernel's monotonic clock
 * @param ifindex the port; its VNIC is for the switchboard to say
 * @param direction which way the frame was going
 * @param reason why it was dropped
 * @param length of the whole frame in bytes, Ethernet header included
 * @param head its first bytes, from the Ethernet destination on; not copied
 * @param suppressed drops at this port that had no event since its last one
 */
@SuppressWarnings("ArrayRecordComponent") // a view: never compared
public record DropEvent(
    long bootNanos,
    int ifindex,
    Direction direction,
    DropReason reason,
    int length,
    byte[] head,
    long suppressed) {}
