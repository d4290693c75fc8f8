/** {@code ipadm}: the addresses of zones under their illumos names, columns and complaints. */
@NullMarked
package io.arbalest.cli.ipadm;

import org.jspecify.annotations.NullMarked;
