/**
 * A live host: the one place where switches, protection, overlays and zones meet.
 *
 * <p>{@link io.arbalest.zone.host.Host} takes what is wanted, stores it, and changes the kernel by
 * plans. Order is everything. A spec is stored before the kernel is touched and forgotten only
 * after it, so that a crash at any moment leaves either what was or what shall be, or something
 * that the next start can finish. A port's programs are attached and their tables filled before it
 * is up. And at the start nothing is deleted until the store and the kernel have been read to the
 * end.
 *
 * <p>What VNICs learn by themselves is no wish, so it is kept apart from the spec, in {@code
 * LearnedStore}: it is read before the first port is taken over, so that the guard keeps what was
 * open, and it is worth nothing after the machine was started anew.
 */
@NullMarked
package io.arbalest.zone.host;

import org.jspecify.annotations.NullMarked;
