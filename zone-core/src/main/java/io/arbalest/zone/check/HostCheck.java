package io.arbalest.zone.check;

import io.arbalest.vnic.PortFacts;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.host.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that is checked of a host. */
public final class HostCheck {
  private HostCheck() {}

  /**
   * Looks and tries; nothing is changed or left behind.
   *
   * <p>Sysctls are those of the calling thread's network namespace, which must be the host's.
   */
  public static List<Finding> of(Host host) {
    List<String> ports =
        host.switchboard().ports().values().stream().map(PortFacts::portName).toList();
    List<Finding> findings = new ArrayList<>(read(Path.of("/"), ports));
    findings.addAll(Trials.all());
    findings.add(ZoneChecks.of(host.zones()));
    findings.addAll(wanted(host.desired(), host.problems(), host.repaired()));
    return findings;
  }

  /** What the kernel's files say. */
  static List<Finding> read(Path root, List<String> ports) {
    SystemFiles files = new SystemFiles(root);
    List<Finding> findings = new ArrayList<>(KernelChecks.of(files));
    findings.addAll(new SysctlChecks(files, ports).findings());
    return findings;
  }

  static List<Finding> wanted(HostSpec spec, List<String> problems, List<String> repaired) {
    return SpecChecks.of(spec, problems, repaired);
  }
}
