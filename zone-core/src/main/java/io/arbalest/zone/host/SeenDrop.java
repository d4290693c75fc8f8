package io.arbalest.zone.host;

import io.arbalest.antispoof.DropEvent;
import io.arbalest.vnic.VnicKey;
import java.util.Optional;

/**
 * A dropped frame, and whose it was when the news of it came in: an interface index means nothing
 * once the port is gone.
 *
 * @param vnic the VNIC at the port; empty if the port is nobody's
 * @param event what the kernel told
 * @param wallMillis when the news came in, in milliseconds since 1970
 */
public record SeenDrop(Optional<VnicKey> vnic, DropEvent event, long wallMillis) {}
