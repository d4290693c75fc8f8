package io.arbalest.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.arbalest.linux.sys.Fd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the kernel says of a program, {@code struct bpf_prog_info}.
 *
 * @param id unique while the program lives, not reused soon
 * @param type the kernel's number; 3 is a traffic-control classifier
 * @param tag 16 hex digits, a hash of the instructions without their map descriptors
 * @param mapIds the maps that it uses
 */
public record ProgramInfo(int id, String name, int type, String tag, List<Integer> mapIds) {
  private static final int BYTES = 232;
  private static final int MAX_MAPS = 64;

  public ProgramInfo {
    mapIds = List.copyOf(mapIds);
  }

  static ProgramInfo of(Fd program) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(BYTES, 8);
      MemorySegment maps = arena.allocate(JAVA_INT, MAX_MAPS);
      info.set(JAVA_INT, 52, MAX_MAPS);
      info.set(JAVA_LONG, 56, maps.address());
      BpfSyscall.info(program, info);
      int used = Math.min(info.get(JAVA_INT, 52), MAX_MAPS);
      byte[] tag = info.asSlice(8, 8).toArray(JAVA_BYTE);
      return new ProgramInfo(
          info.get(JAVA_INT, 4),
          BpfSyscall.getName(info, 64),
          info.get(JAVA_INT, 0),
          HexFormat.of().formatHex(tag),
          IntStream.range(0, used).mapToObj(i -> maps.getAtIndex(JAVA_INT, i)).toList());
    }
  }
}
