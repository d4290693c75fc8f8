package io.arbalest.linux.bpf;

import io.arbalest.linux.sys.Fd;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** All maps and programs of the kernel, whoever made them. Needs CAP_SYS_ADMIN. */
public final class BpfInventory {
  private BpfInventory() {}

  /** The maps that live now, in the order of their ids. */
  public static List<MapInfo> maps() {
    return BpfSyscall.ids(BpfSyscall.Command.MAP_GET_NEXT_ID).stream()
        .map(id -> read(BpfSyscall.Command.MAP_GET_FD_BY_ID, id, MapInfo::of))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The programs that live now, in the order of their ids. */
  public static List<ProgramInfo> programs() {
    return BpfSyscall.ids(BpfSyscall.Command.PROG_GET_NEXT_ID).stream()
        .map(id -> read(BpfSyscall.Command.PROG_GET_FD_BY_ID, id, ProgramInfo::of))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Empty for an object that went away after its id was listed. */
  private static <T> Optional<T> read(BpfSyscall.Command open, int id, Function<Fd, T> info) {
    Optional<Fd> found = BpfSyscall.byId(open, id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (Fd fd = found.get()) {
      return Optional.of(info.apply(fd));
    }
  }
}
