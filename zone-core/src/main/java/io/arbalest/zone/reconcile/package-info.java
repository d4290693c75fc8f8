/**
 * Desired and actual: what must change to get from one state of a host to another.
 *
 * <p>Pure: a {@link io.arbalest.zone.reconcile.Difference} is computed from two specs, of which the
 * first may be what a survey of the kernel found right. What is equal in both is not touched, and
 * what depends on something that must be made anew is made anew with it.
 */
@NullMarked
package io.arbalest.zone.reconcile;

import org.jspecify.annotations.NullMarked;
