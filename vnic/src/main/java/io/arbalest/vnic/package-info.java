/**
 * Data links: names, VNICs, etherstubs, and the switch that joins them.
 *
 * <p>A VNIC is a veth pair. Its zone end bears the VNIC's name and lives in the zone's network
 * namespace; its host end, the <em>port</em>, stays in the daemon's namespace and is never given
 * away. There is no Linux bridge: a BPF program at each port's traffic-control ingress looks the
 * destination up in a table of the VNICs that exist ({@link io.arbalest.vnic.SwitchMaps}), so
 * nothing is learned and unknown unicast is never flooded. Protection is another program in front
 * of it ({@link io.arbalest.vnic.PortGuard}). Programs and tables are pinned, so traffic goes on
 * while the daemon is away; {@link io.arbalest.vnic.Switchboard} makes, adopts and removes them.
 *
 * <p>Specs are values: validated when made, comparable, free of kernel state. Texts of errors
 * follow illumos's {@code dladm(8)} where it has one.
 */
@NullMarked
package io.arbalest.vnic;

import org.jspecify.annotations.NullMarked;
