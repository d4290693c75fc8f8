package io.arbalest.vnic;

import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.MapKind;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.bpf.PinnedProgram;
import java.util.List;

/**
 * The switch program and its tables, pinned so that they and the traffic outlive the daemon.
 *
 * <p>Layout and sizes are those of {@link SwitchLayout}; all tables take memory per entry.
 */
final class SwitchMaps implements AutoCloseable {
  private static final List<MapSpec> SPECS =
      List.of(
          byAddress(SwitchLayout.FORWARD),
          byAddress(SwitchLayout.SHARED),
          byNumber(SwitchLayout.PORTS, SwitchLayout.PORT_SIZE, SwitchLayout.MAX_PORTS),
          byNumber(SwitchLayout.SWITCHES, SwitchLayout.SWITCH_SIZE, SwitchLayout.MAX_SWITCHES),
          new MapSpec(
              SwitchLayout.COUNTERS,
              MapKind.PERCPU_HASH_SPARSE,
              Integer.BYTES,
              SwitchLayout.COUNTERS_SIZE,
              SwitchLayout.MAX_PORTS));

  private final BpfObjects objects;

  private SwitchMaps(BpfObjects objects) {
    this.objects = objects;
  }

  private static MapSpec byAddress(String name) {
    return new MapSpec(
        name,
        MapKind.HASH_SPARSE,
        SwitchLayout.FORWARD_KEY_SIZE,
        SwitchLayout.FORWARD_SIZE,
        SwitchLayout.MAX_PORTS);
  }

  private static MapSpec byNumber(String name, int valueSize, int maxEntries) {
    return new MapSpec(name, MapKind.HASH_SPARSE, Integer.BYTES, valueSize, maxEntries);
  }

  /**
   * Opens the pinned tables; makes and pins those that are missing.
   *
   * @throws io.arbalest.linux.bpf.MapMismatchException if a pinned one is of another version
   * @throws io.arbalest.linux.sys.KernelException if the kernel refuses one
   */
  static SwitchMaps open(Bpffs pins) {
    return new SwitchMaps(BpfObjects.open(pins, SPECS));
  }

  /** Loads the program anew, for a guard that leaves a mark ({@link PortGuard#passMark}). */
  BpfProgram load(int passMark) {
    return objects.load(SwitchProgram.assemble(passMark));
  }

  /**
   * The program for these tables: the pinned one if it is of this version, or else a new one,
   * pinned in its place. The caller closes it.
   */
  BpfProgram program(Bpffs pins, int passMark) {
    return PinnedProgram.of(pins, objects, SwitchProgram.assemble(passMark)).program();
  }

  BpfMap forward() {
    return objects.map(SwitchLayout.FORWARD);
  }

  BpfMap shared() {
    return objects.map(SwitchLayout.SHARED);
  }

  BpfMap ports() {
    return objects.map(SwitchLayout.PORTS);
  }

  BpfMap switches() {
    return objects.map(SwitchLayout.SWITCHES);
  }

  BpfMap counters() {
    return objects.map(SwitchLayout.COUNTERS);
  }

  @Override
  public void close() {
    objects.close();
  }
}
