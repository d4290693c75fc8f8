/** Privileged tests of the daemon as a process of its own: killed, doubled, told to end. */
@NullMarked
package io.arbalest.zone.daemon;

import org.jspecify.annotations.NullMarked;
