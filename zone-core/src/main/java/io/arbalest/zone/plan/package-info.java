/**
 * Changes as lists of steps, each with its inverse.
 *
 * <p>A change to the kernel is never one call. {@link io.arbalest.zone.plan.Plan} applies steps in
 * order and remembers the inverse of each one that finished; when a step fails the inverses run in
 * reverse order, so that a failed change leaves what it found. What could not be undone is reported
 * by name beside the first failure, never hidden behind it.
 */
@NullMarked
package io.arbalest.zone.plan;

import org.jspecify.annotations.NullMarked;
