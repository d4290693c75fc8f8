/** Probes against the running kernel. */
@NullMarked
package io.arbalest.linux.probe;

import org.jspecify.annotations.NullMarked;
