/** BPF objects against the running kernel. */
@NullMarked
package io.arbalest.linux.bpf;

import org.jspecify.annotations.NullMarked;
