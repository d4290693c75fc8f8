/** Overlays on real kernels: their links, proxies, and what is left after failures. */
@NullMarked
package io.arbalest.overlay;

import org.jspecify.annotations.NullMarked;
