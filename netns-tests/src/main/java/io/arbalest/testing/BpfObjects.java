package io.arbalest.testing;

import io.arbalest.linux.bpf.BpfInventory;
import io.arbalest.linux.bpf.MapInfo;
import io.arbalest.linux.bpf.ProgramInfo;
import java.util.List;
import java.util.stream.Stream;

/** BPF programs and maps that the kernel holds. */
final class BpfObjects {
  private BpfObjects() {}

  static List<String> programsAndMaps() {
    Stream<String> programs = BpfInventory.programs().stream().map(BpfObjects::program);
    Stream<String> maps = BpfInventory.maps().stream().map(BpfObjects::map);
    return Stream.concat(programs, maps).toList();
  }

  private static String program(ProgramInfo program) {
    return "bpf program " + program.id() + " " + program.name();
  }

  private static String map(MapInfo map) {
    return "bpf map " + map.id() + " " + map.name();
  }
}
