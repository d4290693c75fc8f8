/** {@code dladm}: data links under their illumos names, columns and complaints. */
@NullMarked
package io.arbalest.cli.dladm;

import org.jspecify.annotations.NullMarked;
