/**
 * A virtual Ethernet that spans hosts: VXLAN over UDP, RFC 7348.
 *
 * <p>Two questions, two packages. <em>Where</em> a frame goes is answered by a directory ({@code
 * io.arbalest.overlay.directory}); <em>how</em> it gets there is the data path ({@link
 * io.arbalest.overlay.path}), which sees the directory only as an immutable {@link
 * io.arbalest.overlay.path.ForwardingTable}. This package holds the values that both speak of.
 *
 * <p>The wire format keeps three promises: decoding accepts or refuses any bytes and never throws;
 * decoding what was encoded gives the same value; encoding what was accepted gives the same bytes.
 */
@NullMarked
package io.arbalest.overlay;

import org.jspecify.annotations.NullMarked;
