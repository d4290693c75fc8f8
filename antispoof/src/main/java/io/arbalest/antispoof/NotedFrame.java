package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.Topic;

/**
 * A frame that passed and that somebody who learns addresses may want to read.
 *
 * @param bootNanos when, by the kernel's monotonic clock
 * @param ifindex the port
 * @param direction which way it was going
 * @param topic what it is about
 * @param bytes the frame from the Ethernet destination on, as far as a note holds; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a view: never compared
public record NotedFrame(
    long bootNanos, int ifindex, Direction direction, Topic topic, byte[] bytes) {}
