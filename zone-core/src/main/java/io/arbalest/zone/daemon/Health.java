package io.arbalest.zone.daemon;

import java.util.List;

/**
 * How a daemon is.
 *
 * @param instance its name
 * @param pid its process
 * @param uptimeMillis for how long it has run
 * @param settled whether the kernel has been brought to what is stored
 * @param problems what somebody should know about; empty when all is well
 */
public record Health(
    String instance, long pid, long uptimeMillis, boolean settled, List<String> problems) {}
