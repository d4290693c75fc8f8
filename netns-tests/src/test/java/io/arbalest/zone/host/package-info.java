/** Privileged tests of live hosts, and of what crashes leave behind. */
@NullMarked
package io.arbalest.zone.host;

import org.jspecify.annotations.NullMarked;
