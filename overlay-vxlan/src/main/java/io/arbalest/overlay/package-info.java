/** Placeholder comment, replaced by the module's first real package text. */
@NullMarked
package io.arbalest.overlay;

import org.jspecify.annotations.NullMarked;
