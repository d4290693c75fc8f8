package io.arbalest.zone.check;

import io.arbalest.linux.probe.FilterProbe;
import io.arbalest.linux.probe.LoopProbe;
import io.arbalest.linux.probe.RingBufferProbe;
import io.arbalest.linux.probe.SegmentationProbe;
import io.arbalest.linux.probe.TapProbe;
import io.arbalest.linux.probe.ZoneNamespacesProbe;
import io.arbalest.zone.check.Finding.Level;
import java.util.List;

/** What is found out by doing it once. */
final class Trials {
  private Trials() {}

  static List<Finding> all() {
    return List.of(
        tried(
            Level.FAIL,
            "filters of links",
            FilterProbe::run,
            "protection and switch are filters (sch_clsact, cls_bpf)",
            "a kernel with CONFIG_NET_CLS_ACT and CONFIG_NET_CLS_BPF; modprobe sch_ingress"
                + " cls_bpf"),
        tried(
            Level.FAIL,
            "bpf_loop",
            LoopProbe::run,
            "the rules walk headers and options by it",
            "a kernel of 6.1 or newer"),
        tried(
            Level.FAIL,
            "BPF ring buffer",
            RingBufferProbe::run,
            "drops are told, and addresses learned, through it",
            "a kernel of 6.1 or newer"),
        tried(
            Level.FAIL,
            "user namespaces",
            ZoneNamespacesProbe::run,
            "without one of its own, a zone's root could take its filter off",
            "sysctl user.max_user_namespaces and user.max_net_namespaces above 0"),
        tried(
            Level.FAIL,
            "TAP devices",
            TapProbe::run,
            "an overlay's frames go through one",
            "modprobe tun; /dev/net/tun must be there"),
        tried(
            Level.WARN,
            "UDP segmentation",
            SegmentationProbe::run,
            "an overlay is several times slower without it",
            "a kernel of 4.18 or newer"));
  }

  /** The kernel says no by {@code KernelException}; a missing file by an unchecked I/O one. */
  static Finding tried(Level otherwise, String subject, Runnable trial, String why, String change) {
    try {
      trial.run();
      return new Finding(Level.OK, subject, "work", why, change);
    } catch (RuntimeException e) {
      return new Finding(otherwise, subject, "refused: " + e.getMessage(), why, change);
    }
  }
}
