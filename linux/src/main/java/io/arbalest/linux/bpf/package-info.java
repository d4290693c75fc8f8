/**
 * BPF objects of the kernel: maps, programs, pins, ring buffers.
 *
 * <p>A {@link io.arbalest.linux.bpf.MapSpec} or a {@link io.arbalest.linux.bpf.asm.Bytecode} is
 * pure; {@link io.arbalest.linux.bpf.BpfMap} and {@link io.arbalest.linux.bpf.BpfProgram} are what
 * the kernel made of it, and each owns one descriptor. The kernel keeps an object as long as a
 * descriptor, a filter or a pin ({@link io.arbalest.linux.bpf.Bpffs}) refers to it, so what has to
 * outlive this process is pinned or attached. All of it needs CAP_BPF and CAP_NET_ADMIN in the
 * first user namespace. Structures are those of {@code linux/bpf.h}; integers in them are in the
 * machine's order.
 */
@NullMarked
package io.arbalest.linux.bpf;

import org.jspecify.annotations.NullMarked;
