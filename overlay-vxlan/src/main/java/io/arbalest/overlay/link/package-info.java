/**
 * Overlays as data links: made, found again after the daemon died, looked at, and removed.
 *
 * <p>An {@link io.arbalest.overlay.link.Overlay} is a TAP in the daemon's namespace that bears the
 * overlay's name, a {@linkplain io.arbalest.overlay.directory.Directory directory}, and a port in
 * the packet loop that joins the two. {@link io.arbalest.overlay.link.Overlays} holds those of one
 * daemon.
 *
 * <p>The TAP is persistent and marked by its alias. When the daemon is killed, the link keeps its
 * index, its filters and its place in the switch; the next daemon attaches to it, and nothing is
 * made anew. It is marked before it is made persistent, so that whatever survives is known as ours.
 */
@NullMarked
package io.arbalest.overlay.link;

import org.jspecify.annotations.NullMarked;
