package io.arbalest.linux.rtnetlink;

/**
 * A virtual cable to be made. Both ends are named and placed by one message, so neither is ever
 * seen in the wrong namespace.
 *
 * @param near the end that {@link Links#createVeth} returns
 * @param peer the other end
 */
public record VethPair(NewLink near, NewLink peer) {}
