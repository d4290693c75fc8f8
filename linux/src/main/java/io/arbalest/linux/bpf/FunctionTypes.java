package io.arbalest.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.arbalest.linux.bpf.BpfSyscall.Command;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.sys.Fd;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * The least type information (BTF) with which the kernel takes a program that has callbacks: each
 * function's name, and {@code int (void)} for all of them. The verifier knows what a callback gets
 * by the helper that calls it. Format: {@code Documentation/bpf/btf.rst}.
 */
final class FunctionTypes {
  /** Bytes of one {@code struct bpf_func_info}. */
  static final int ENTRY = 8;

  private static final int HEADER = 24;
  private static final int MAGIC = 0xeb9f;
  private static final int KIND_INT = 1 << 24;
  private static final int KIND_FUNC = 12 << 24;
  private static final int KIND_FUNC_PROTO = 13 << 24;
  private static final int SIGNED_32_BITS = 1 << 24 | 32;

  /** Type numbers count from 1 in the order of {@link #types}. */
  private static final int INT = 1;

  private static final int PROTOTYPE = 2;
  private static final int FIRST_FUNCTION = 3;

  private FunctionTypes() {}

  /** Hands the types of a program's functions to the kernel. */
  static Fd load(Bytecode code) {
    byte[] blob = encode(code.functions().values());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(32, Long.BYTES);
      attr.set(JAVA_LONG, 0, arena.allocateFrom(JAVA_BYTE, blob).address());
      attr.set(JAVA_INT, 16, blob.length);
      String call = Command.BTF_LOAD.on(code.name());
      return Fd.own(BpfSyscall.call(Command.BTF_LOAD, attr), call);
    }
  }

  /** Which type each function has: pairs of its first slot and its type's number. */
  static MemorySegment table(Bytecode code, Arena arena) {
    MemorySegment table = arena.allocate((long) ENTRY * code.functions().size(), Integer.BYTES);
    int i = 0;
    for (int slot : code.functions().keySet()) {
      table.setAtIndex(JAVA_INT, 2L * i, slot);
      table.setAtIndex(JAVA_INT, 2L * i + 1, FIRST_FUNCTION + i);
      i++;
    }
    return table;
  }

  static byte[] encode(Collection<String> functions) {
    ByteArrayOutputStream strings = new ByteArrayOutputStream();
    addString(strings, "");
    byte[] types = types(functions, strings);
    byte[] blob = new byte[HEADER + types.length + strings.size()];
    ByteBuffer out = ByteBuffer.wrap(blob).order(ByteOrder.nativeOrder());
    out.putShort((short) MAGIC).put((byte) 1).put((byte) 0).putInt(HEADER);
    out.putInt(0).putInt(types.length).putInt(types.length).putInt(strings.size());
    out.put(types).put(strings.toByteArray());
    return blob;
  }

  private static byte[] types(Collection<String> functions, ByteArrayOutputStream strings) {
    byte[] types = new byte[16 + 12 + 12 * functions.size()];
    ByteBuffer out = ByteBuffer.wrap(types).order(ByteOrder.nativeOrder());
    out.putInt(addString(strings, "int")).putInt(KIND_INT).putInt(4).putInt(SIGNED_32_BITS);
    out.putInt(0).putInt(KIND_FUNC_PROTO).putInt(INT);
    for (String function : functions) {
      out.putInt(addString(strings, identifier(function))).putInt(KIND_FUNC).putInt(PROTOTYPE);
    }
    return types;
  }

  /** The name as C would have it, which every kernel takes; they differ in what else they take. */
  private static String identifier(String name) {
    return "_" + name.replaceAll("[^A-Za-z0-9_]", "_");
  }

  private static int addString(ByteArrayOutputStream strings, String text) {
    int offset = strings.size();
    strings.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    strings.write(0);
    return offset;
  }
}
