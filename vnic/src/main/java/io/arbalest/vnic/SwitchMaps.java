package io.arbalest.vnic;

import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.MapKind;
import io.arbalest.linux.bpf.MapSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of the switch program, pinned so that they and the traffic outlive the daemon.
 *
 * <p>Layout and sizes are those of {@link SwitchLayout}; all take memory per entry.
 */
final class SwitchMaps implements AutoCloseable {
  private static final List<MapSpec> SPECS =
      List.of(
          new MapSpec(
              SwitchLayout.FORWARD,
              MapKind.HASH_SPARSE,
              SwitchLayout.FORWARD_KEY_SIZE,
              SwitchLayout.FORWARD_SIZE,
              SwitchLayout.MAX_PORTS),
          byIndex(
              SwitchLayout.PORTS,
              MapKind.HASH_SPARSE,
              SwitchLayout.PORT_SIZE,
              SwitchLayout.MAX_PORTS),
          byIndex(
              SwitchLayout.SWITCHES,
              MapKind.HASH_SPARSE,
              SwitchLayout.SWITCH_SIZE,
              SwitchLayout.MAX_SWITCHES),
          byIndex(
              SwitchLayout.COUNTERS,
              MapKind.PERCPU_HASH_SPARSE,
              SwitchLayout.COUNTERS_SIZE,
              SwitchLayout.MAX_PORTS));

  private final Map<String, BpfMap> maps;

  private SwitchMaps(Map<String, BpfMap> maps) {
    this.maps = maps;
  }

  private static MapSpec byIndex(String name, MapKind kind, int valueSize, int maxEntries) {
    return new MapSpec(name, kind, Integer.BYTES, valueSize, maxEntries);
  }

  /**
   * Opens the pinned tables; makes and pins those that are missing.
   *
   * @throws io.arbalest.linux.bpf.MapMismatchException if a pinned one is of another version
   * @throws io.arbalest.linux.sys.KernelException if the kernel refuses one
   */
  static SwitchMaps open(Bpffs pins) {
    SwitchMaps opened = new SwitchMaps(new LinkedHashMap<>());
    try {
      SPECS.forEach(spec -> opened.maps.put(spec.name(), pins.map(spec)));
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** By the names that the program uses. */
  Map<String, BpfMap> byName() {
    return Map.copyOf(maps);
  }

  BpfMap forward() {
    return get(SwitchLayout.FORWARD);
  }

  BpfMap ports() {
    return get(SwitchLayout.PORTS);
  }

  BpfMap switches() {
    return get(SwitchLayout.SWITCHES);
  }

  BpfMap counters() {
    return get(SwitchLayout.COUNTERS);
  }

  private BpfMap get(String name) {
    BpfMap map = maps.get(name);
    if (map == null) {
      throw new IllegalStateException(name + " is not open");
    }
    return map;
  }

  @Override
  public void close() {
    maps.values().forEach(BpfMap::close);
    maps.clear();
  }
}
