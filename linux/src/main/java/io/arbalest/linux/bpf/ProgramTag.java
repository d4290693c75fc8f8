package io.arbalest.linux.bpf;

import io.arbalest.linux.bpf.asm.Bytecode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a kernel calls a program's tag, computed without one ({@code bpf_prog_calc_tag} in {@code
 * kernel/bpf/core.c}): the first 8 bytes of a hash over the instructions, their map descriptors
 * zero. Linux hashed by SHA-1 before 6.18 and by SHA-256 since.
 */
final class ProgramTag {
  private static final int BYTES = 8;

  private ProgramTag() {}

  /** The tags that kernels give to the code, as {@link ProgramInfo#tag()} writes them. */
  static Set<String> of(Bytecode code) {
    byte[] instructions = code.encode(map -> 0);
    return Stream.of("SHA-1", "SHA-256")
        .map(algorithm -> tag(algorithm, instructions))
        .collect(Collectors.toSet());
  }

  private static String tag(String algorithm, byte[] instructions) {
    try {
      byte[] hash = MessageDigest.getInstance(algorithm).digest(instructions);
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
