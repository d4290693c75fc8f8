package io.arbalest.linux.bpf.asm;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * An assembled program: pure, deterministic, not loaded. Its maps are names until {@link #encode}.
 *
 * @param name the program's name in listings and errors
 * @param statements in order of execution
 */
public record Bytecode(String name, List<Statement> statements) {
  public Bytecode {
    statements = List.copyOf(statements);
  }

  /** Its length in 8-byte slots, the unit in which the kernel counts. */
  public int slots() {
    return statements.stream().mapToInt(s -> s.insn().slots()).sum();
  }

  /** The names of the maps that it refers to, in the order of first use. */
  public Set<String> maps() {
    Set<String> names = new LinkedHashSet<>();
    statements.stream().map(Statement::map).filter(map -> !map.isEmpty()).forEach(names::add);
    return names;
  }

  /**
   * The functions that it consists of by the slot where each begins: itself at 0, and the
   * subprograms that it calls or has called back.
   */
  public SortedMap<Integer, String> functions() {
    TreeMap<Integer, String> places = places();
    SortedMap<Integer, String> functions = new TreeMap<>();
    functions.put(0, name);
    int slot = 0;
    for (Statement statement : statements) {
      if (statement.insn().entersFunction()) {
        int entry = slot + 1 + (int) statement.insn().imm();
        functions.put(entry, places.getOrDefault(entry, "at_" + entry));
      }
      slot += statement.insn().slots();
    }
    return functions;
  }

  /** Whether a helper calls a function of it back, for which the kernel wants types. */
  public boolean hasCallbacks() {
    return statements.stream().anyMatch(s -> s.insn().isFunctionAddress());
  }

  /**
   * The bytes for the kernel.
   *
   * @param descriptorOf gives the open descriptor of a map by its name
   */
  public byte[] encode(ToIntFunction<String> descriptorOf) {
    ByteBuffer out = ByteBuffer.allocate(slots() * Insn.SLOT);
    for (Statement statement : statements) {
      Insn insn = statement.insn();
      if (!statement.map().isEmpty()) {
        long descriptor = Integer.toUnsignedLong(descriptorOf.applyAsInt(statement.map()));
        insn =
            new Insn(insn.opcode(), insn.dst(), insn.src(), insn.offset(), insn.imm() | descriptor);
      }
      insn.encode(out);
    }
    return out.array();
  }

  /**
   * The program as text, one instruction a line with the number of its first slot (the verifier's
   * numbers), labels on lines of their own, comments after {@code ;}. The same program always gives
   * the same text.
   */
  public String listing() {
    TreeMap<Integer, String> places = places();
    StringBuilder out = new StringBuilder();
    int slot = 0;
    for (Statement statement : statements) {
      statement.labels().forEach(label -> out.append(label).append(":\n"));
      int next = slot + statement.insn().slots();
      int here = slot;
      String text =
          Disassembler.text(statement.insn(), jump -> target(places, next, jump), statement.map());
      out.append(String.format(Locale.ROOT, "%5d  ", here)).append(text);
      if (!statement.comment().isEmpty()) {
        out.append("  ; ").append(statement.comment());
      }
      out.append('\n');
      slot = next;
    }
    return out.toString();
  }

  private TreeMap<Integer, String> places() {
    TreeMap<Integer, String> places = new TreeMap<>();
    int slot = 0;
    for (Statement statement : statements) {
      if (!statement.labels().isEmpty()) {
        places.put(slot, statement.labels().getFirst());
      }
      slot += statement.insn().slots();
    }
    return places;
  }

  private static String target(TreeMap<Integer, String> places, int next, int jump) {
    return places.getOrDefault(next + jump, Disassembler.relative(jump));
  }
}
