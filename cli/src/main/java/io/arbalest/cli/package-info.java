/** Placeholder comment, replaced by the module's first real package text. */
@NullMarked
package io.arbalest.cli;

import org.jspecify.annotations.NullMarked;
