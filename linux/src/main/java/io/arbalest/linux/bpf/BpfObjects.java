package io.arbalest.linux.bpf;

import io.arbalest.linux.bpf.asm.Bytecode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The maps that a family of programs shares, by name, and the loader of those programs. Closing it
 * closes the maps, not the programs that it loaded.
 */
public final class BpfObjects implements AutoCloseable {
  private final Map<String, BpfMap> maps;

  private BpfObjects(Map<String, BpfMap> maps) {
    this.maps = Collections.unmodifiableMap(maps);
  }

  /** Makes the maps; they live as long as this object and the programs that use them. */
  public static BpfObjects create(Collection<MapSpec> specs) {
    return make(specs, BpfMap::create);
  }

  /**
   * Opens the maps that are pinned and makes and pins those that are not.
   *
   * @throws MapMismatchException if a pinned one is of another kind or size
   */
  public static BpfObjects open(Bpffs pins, Collection<MapSpec> specs) {
    return make(specs, pins::map);
  }

  private static BpfObjects make(Collection<MapSpec> specs, Function<MapSpec, BpfMap> maker) {
    Map<String, BpfMap> made = new LinkedHashMap<>();
    try {
      specs.forEach(spec -> made.put(spec.name(), maker.apply(spec)));
      return new BpfObjects(made);
    } catch (RuntimeException e) {
      made.values().forEach(BpfMap::close);
      throw e;
    }
  }

  public Map<String, BpfMap> maps() {
    return maps;
  }

  /**
   * A map by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public BpfMap map(String name) {
    BpfMap map = maps.get(name);
    if (map == null) {
      throw new IllegalArgumentException("there is no map " + name + ", only " + maps.keySet());
    }
    return map;
  }

  /** Loads a program that uses these maps; see {@link BpfProgram#load}. */
  public BpfProgram load(Bytecode code) {
    return BpfProgram.load(code, maps);
  }

  @Override
  public void close() {
    maps.values().forEach(BpfMap::close);
  }
}
