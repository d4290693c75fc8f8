/**
 * The two programs: the daemon's main, which wires zone-core with the verbs and the log, and beside
 * it, in {@link io.arbalest.cli.client}, the thin client's.
 */
@NullMarked
package io.arbalest.cli;

import org.jspecify.annotations.NullMarked;
