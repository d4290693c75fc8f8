/**
 * Zones as JUnit fixtures, and the census that proves a test left nothing behind.
 *
 * <p>Put {@link io.arbalest.testing.Privileged} on a test class and it runs only with root, with a
 * census around each method.
 */
@NullMarked
package io.arbalest.testing;

import org.jspecify.annotations.NullMarked;
