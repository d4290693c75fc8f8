package io.arbalest.linux.probe;

import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.MapSpec;

/** Can BPF programs tell user space by a ring buffer? */
public final class RingBufferProbe {
  private static final int PAGE = 4096;

  private RingBufferProbe() {}

  /** Tries it. */
  public static void run() {
    BpfMap.create(MapSpec.ringBuffer("probe_ring", PAGE)).close();
  }
}
