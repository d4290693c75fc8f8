/** Rules of the house, held by the build. */
@NullMarked
package io.arbalest.house;

import org.jspecify.annotations.NullMarked;
