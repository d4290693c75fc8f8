/** What of a host matters to protection, and how it is found: {@code arbalest check}. */
@NullMarked
package io.arbalest.zone.check;

import org.jspecify.annotations.NullMarked;
