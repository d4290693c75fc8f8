/**
 * Benchmarks: what this project does against what the kernel does, on one machine, in one run, in
 * rounds that take turns. They print figures and ratios and assert nothing.
 */
@NullMarked
package io.arbalest.bench;

import org.jspecify.annotations.NullMarked;
