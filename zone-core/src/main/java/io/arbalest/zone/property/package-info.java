/**
 * The link properties by which an operator reaches a VNIC's protection.
 *
 * <p>{@link io.arbalest.zone.property.LinkProperties} is the table. {@code dladm} reads and shows
 * properties by it, and a lab file's keys are the same properties. Each {@link
 * io.arbalest.zone.property.LinkProperty} reads words into a {@link
 * io.arbalest.vnic.ProtectionSpec} and writes them back; all of them are pure.
 */
@NullMarked
package io.arbalest.zone.property;

import org.jspecify.annotations.NullMarked;
