package io.arbalest.linux.probe;

import io.arbalest.linux.bpf.BpfProgram;
import java.util.Map;

/** Can a BPF program loop by {@code bpf_loop}, which came with Linux 5.17? */
public final class LoopProbe {
  private LoopProbe() {}

  /** Tries it. */
  public static void run() {
    BpfProgram.load(Tiny.loop(), Map.of()).close();
  }
}
