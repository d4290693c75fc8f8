/**
 * The BPF assembler: instructions as values, programs as text and bytes, no system call.
 *
 * <p>An {@link io.arbalest.linux.bpf.asm.Assembler} collects statements and labels and gives a
 * {@link io.arbalest.linux.bpf.asm.Bytecode}, which knows the maps it refers to by name only. The
 * same program always has the same {@linkplain io.arbalest.linux.bpf.asm.Bytecode#listing()
 * listing}, in the kernel's and LLVM's BPF notation, so a listing can be reviewed and compared.
 * Encoding is that of {@code Documentation/bpf/standardization/instruction-set.rst} (RFC 9669) on a
 * little-endian machine.
 */
@NullMarked
package io.arbalest.linux.bpf.asm;

import org.jspecify.annotations.NullMarked;
