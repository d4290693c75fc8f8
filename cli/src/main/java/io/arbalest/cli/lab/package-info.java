/** The tool {@code lab}: several hosts on one machine from one file. */
@NullMarked
package io.arbalest.cli.lab;

import org.jspecify.annotations.NullMarked;
