package io.arbalest.linux.bpf;

import java.util.List;

/** The verifier's log: long, and what matters is at its end. */
final class VerifierLog {
  private static final int LINES = 16;
  private static final int CHARACTERS = 2000;

  private VerifierLog() {}

  /** The last lines, which say what was refused and what the registers held there. */
  static String tail(String log) {
    List<String> lines = log.strip().lines().toList();
    String tail = String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    return tail.length() <= CHARACTERS ? tail : tail.substring(tail.length() - CHARACTERS);
  }
}
