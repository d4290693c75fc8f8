/**
 * Labs: one file describes hosts, overlays and zones; here it is read, brought up, pinged and taken
 * down on one machine.
 */
@NullMarked
package io.arbalest.zone.lab;

import org.jspecify.annotations.NullMarked;
