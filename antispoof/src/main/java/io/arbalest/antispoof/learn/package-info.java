/**
 * Which addresses a VNIC has got by itself, and until when.
 *
 * <p>The guard's programs note the frames of DHCP, DHCPv6 and neighbour discovery that pass a port
 * in either direction; {@link io.arbalest.antispoof.learn.Learner} reads them and opens the guard
 * for what was granted, and for as long. It listens only: no frame waits for it, and it sends none.
 *
 * <p>What comes in was written by strangers. So a codec is total: it reads any bytes without
 * throwing, in time that is linear in their number, and answers with a message or with nothing.
 * Checksums are not looked at, since a frame between two zones of a host may not have one yet.
 */
@NullMarked
package io.arbalest.antispoof.learn;

import org.jspecify.annotations.NullMarked;
