/**
 * The daemon: one per host, reached through a UNIX socket.
 *
 * <p>The control protocol is HTTP/1.1 with JSON requests on {@code RUN/control.sock}, one request
 * to a connection. {@code POST /v1/run} carries an {@link io.arbalest.zone.daemon.Invocation},
 * {@code PUT /v1/desired} a {@link io.arbalest.zone.HostSpec}; both answer with a stream of {@link
 * io.arbalest.zone.daemon.ControlFrame}s that ends with the connection. {@code GET /v1/health},
 * {@code /v1/state} and {@code /v1/desired} answer with JSON. A client reads to the end of the
 * stream, not merely to the exit frame: a daemon that has nothing left to hold ends the connection
 * by ending itself, so the caller returns when it is really gone.
 *
 * <p>Requests that change state run one at a time on one thread; requests that only read run beside
 * them. Namespaces are never entered by any of these threads.
 */
@NullMarked
package io.arbalest.zone.daemon;

import org.jspecify.annotations.NullMarked;
