package io.arbalest.linux.bpf.asm;

/** A program cannot be assembled as written: a label without a place, a jump that is too far. */
public final class AssemblyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AssemblyException(String program, String problem) {
    super("program " + program + ": " + problem);
  }
}
