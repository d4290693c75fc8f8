/**
 * Rows for people, for scripts and for programs.
 *
 * <p>A {@link io.arbalest.cli.table.Table} says once which columns a listing has. From it come the
 * aligned form that illumos operators know, the parsable form ({@code -p -o}) whose separators are
 * escaped, and JSON with stable keys. Everything here is a pure function from rows to text.
 */
@NullMarked
package io.arbalest.cli.table;

import org.jspecify.annotations.NullMarked;
