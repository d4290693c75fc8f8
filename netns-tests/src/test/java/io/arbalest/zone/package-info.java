/** Privileged tests of zones, of the host that carries them, and of what crashes leave behind. */
@NullMarked
package io.arbalest.zone;

import org.jspecify.annotations.NullMarked;
