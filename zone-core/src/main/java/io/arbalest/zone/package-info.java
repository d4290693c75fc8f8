/**
 * Zones and the hosts that carry them.
 *
 * <p>A <b>spec</b> ({@link io.arbalest.zone.ZoneSpec}, {@link io.arbalest.zone.HostSpec}) is what
 * somebody wants: a pure value, checked when it is made. An <b>object</b> ({@link
 * io.arbalest.zone.Zone}, {@link io.arbalest.zone.host.Host}) is what the kernel has. Everything
 * else in this module moves the second towards the first: {@code store} remembers specs across
 * restarts, {@code plan} changes the kernel in steps that can be undone, {@code reconcile} compares
 * the two, and {@code daemon} lets other processes ask for changes.
 */
@NullMarked
package io.arbalest.zone;

import org.jspecify.annotations.NullMarked;
