package io.arbalest.linux.probe;

import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.FilterPlace;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import java.util.Map;

/**
 * Can a BPF program be a filter of a link ({@code sch_clsact}, {@code cls_bpf})? Tried at the
 * loopback of a namespace that is made for it and gone afterwards.
 */
public final class FilterProbe {
  private static final int LOOPBACK = 1;

  private FilterProbe() {}

  /** Tries it. */
  public static void run() {
    try (NetworkNamespace aside = NetworkNamespace.create();
        Rtnetlink there = Rtnetlink.open(aside);
        BpfProgram program = BpfProgram.load(Tiny.pass(), Map.of())) {
      there.traffic().addClsact(LOOPBACK);
      there.traffic().attach(FilterPlace.ingress(LOOPBACK, 1), "probe", program.fd());
      // The kernel takes its time to end a namespace, and the program would last as long.
      there.traffic().deleteClsact(LOOPBACK);
    }
  }
}
