package io.arbalest.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code bpf(2)} and the few calls that are the same for maps and programs. */
final class BpfSyscall {
  private static final long SYS_BPF = 321;
  private static final int NAME_BYTES = 16;

  /** The commands used here, {@code enum bpf_cmd}. */
  enum Command {
    MAP_CREATE(0),
    MAP_LOOKUP_ELEM(1),
    MAP_UPDATE_ELEM(2),
    MAP_DELETE_ELEM(3),
    MAP_GET_NEXT_KEY(4),
    PROG_LOAD(5),
    OBJ_PIN(6),
    OBJ_GET(7),
    PROG_TEST_RUN(10),
    PROG_GET_NEXT_ID(11),
    MAP_GET_NEXT_ID(12),
    PROG_GET_FD_BY_ID(13),
    MAP_GET_FD_BY_ID(14),
    OBJ_GET_INFO_BY_FD(15),
    BTF_LOAD(18);

    private final int number;

    Command(int number) {
      this.number = number;
    }

    /** As the kernel writes it, with what it is applied to: {@code BPF_PROG_LOAD guard}. */
    String on(Object what) {
      return "BPF_" + name() + " " + what;
    }
  }

  private BpfSyscall() {}

  /** The raw call; negative means that {@link Libc#errno()} says why. */
  static int call(Command command, MemorySegment attr) {
    return (int) Libc.syscall(SYS_BPF, command.number, attr.address(), attr.byteSize());
  }

  /** The call, failing with the command's name and what it was applied to. */
  static int require(Command command, Object what, MemorySegment attr) {
    int result = call(command, attr);
    if (result < 0) {
      throw KernelException.last(command.on(what));
    }
    return result;
  }

  /** Gives an object a path in a BPF file system. */
  static void pin(Fd object, Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_LONG, 0, arena.allocateFrom(path.toString()).address());
      attr.set(JAVA_INT, 8, object.number());
      require(Command.OBJ_PIN, path, attr);
    }
  }

  /**
   * Opens what is pinned at a path.
   *
   * @param kind {@code bpf-map} or {@code bpf-prog}, as the kernel names its descriptors
   */
  static Fd openPinned(Path path, String kind) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_LONG, 0, arena.allocateFrom(path.toString()).address());
      Fd fd = Fd.own(require(Command.OBJ_GET, path, attr), "pinned " + kind + " " + path);
      checkKind(fd, path, kind);
      return fd;
    }
  }

  private static void checkKind(Fd fd, Path path, String kind) {
    String found;
    try {
      found = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd.number())).toString();
    } catch (IOException e) {
      fd.close();
      throw new UncheckedIOException("cannot see what is pinned at " + path, e);
    }
    if (!found.endsWith(kind)) {
      fd.close();
      throw new IllegalArgumentException(path + " is pinned as " + found + ", not as " + kind);
    }
  }

  /** Lets the kernel fill an info structure; what it does not know stays zero. */
  static void info(Fd object, MemorySegment info) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_INT, 0, object.number());
      attr.set(JAVA_INT, 4, (int) info.byteSize());
      attr.set(JAVA_LONG, 8, info.address());
      require(Command.OBJ_GET_INFO_BY_FD, object, attr);
    }
  }

  /** Every id that the kernel has now; objects come and go meanwhile. */
  static List<Integer> ids(Command next) {
    List<Integer> ids = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(12, 4);
      while (call(next, attr) == 0) {
        int id = attr.get(JAVA_INT, 4);
        ids.add(id);
        attr.fill((byte) 0);
        attr.set(JAVA_INT, 0, id);
      }
      if (Libc.errno() != Errno.ENOENT.number()) {
        throw KernelException.last(next.on(""));
      }
      return List.copyOf(ids);
    }
  }

  /** Opens an object by its id; empty if it is gone. */
  static Optional<Fd> byId(Command command, int id) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(12, 4);
      attr.set(JAVA_INT, 0, id);
      int number = call(command, attr);
      if (number < 0 && Libc.errno() == Errno.ENOENT.number()) {
        return Optional.empty();
      }
      return Optional.of(Fd.own(number, command.on(id)));
    }
  }

  static void putName(MemorySegment attr, long offset, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, attr, offset, bytes.length);
  }

  static String getName(MemorySegment info, long offset) {
    return info.asSlice(offset, NAME_BYTES).getString(0, StandardCharsets.US_ASCII);
  }
}
