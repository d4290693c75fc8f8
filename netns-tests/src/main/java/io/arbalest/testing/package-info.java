/** Placeholder comment, replaced by the module's first real package text. */
@NullMarked
package io.arbalest.testing;

import org.jspecify.annotations.NullMarked;
