/** Placeholder comment, replaced by the module's first real package text. */
@NullMarked
package io.arbalest.antispoof;

import org.jspecify.annotations.NullMarked;
