/** The whole product from the outside: the command line, daemons as processes, real traffic. */
@NullMarked
package io.arbalest.e2e;

import org.jspecify.annotations.NullMarked;
