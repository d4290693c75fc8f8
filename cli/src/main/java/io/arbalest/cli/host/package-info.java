/**
 * The host as verbs see it: rows to list, and a spec to change.
 *
 * <p>Verbs do not reach into {@link io.arbalest.zone.Host}; an adapter does it for them, so that a
 * verb can be tried out against a host that is only a value.
 */
@NullMarked
package io.arbalest.cli.host;

import org.jspecify.annotations.NullMarked;
