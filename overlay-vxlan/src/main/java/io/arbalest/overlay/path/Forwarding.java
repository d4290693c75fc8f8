package io.arbalest.overlay.path;

/**
 * Where an overlay's frames go.
 *
 * @param table places and VTEPs; exchanged later by {@link OverlayPort#forward}
 * @param slowPath decides about group frames
 */
public record Forwarding(ForwardingTable table, SlowPath slowPath) {}
