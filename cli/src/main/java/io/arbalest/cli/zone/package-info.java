/** {@code zoneadm} and {@code zlogin}: zones under their illumos names, columns and complaints. */
@NullMarked
package io.arbalest.cli.zone;

import org.jspecify.annotations.NullMarked;
