package io.arbalest.linux.bpf.asm;

import java.util.List;

/**
 * One line of a program: an instruction and what the listing says about it.
 *
 * @param insn with its jump resolved; a map's descriptor is still 0
 * @param labels the names bound to this place, in the order they were bound
 * @param map the name of the map that the instruction refers to, or empty
 * @param comment what the author says about it, or empty
 */
public record Statement(Insn insn, List<String> labels, String map, String comment) {
  public Statement {
    labels = List.copyOf(labels);
  }
}
