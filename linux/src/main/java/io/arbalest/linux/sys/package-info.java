/**
 * System calls, errors and file descriptors.
 *
 * <p>{@link io.arbalest.linux.sys.Libc} is the only class that names a C function; every other
 * package of this module turns its result into a value or a {@link
 * io.arbalest.linux.sys.KernelException}. Memory that the kernel reads or writes is off-heap
 * ({@link java.lang.foreign.MemorySegment}) and is passed by address.
 */
@NullMarked
package io.arbalest.linux.sys;

import org.jspecify.annotations.NullMarked;
