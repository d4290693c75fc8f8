/**
 * What protection does, told to the operator: {@code drops}, {@code explain}, {@code selftest} and
 * {@code check}.
 */
@NullMarked
package io.arbalest.cli.protection;

import org.jspecify.annotations.NullMarked;
