package io.arbalest.zone.check;

import io.arbalest.vnic.VnicSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.check.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What of the host's own configuration weakens protection. */
final class SpecChecks {
  private static final String COMPAT = "illumos-compat";

  private SpecChecks() {}

  static List<Finding> of(HostSpec host, List<String> problems, List<String> repaired) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        vnics(
            host,
            "VNICs without protection",
            vnic -> vnic.protection().modes().isEmpty(),
            "whoever is root in its zone may send whatever it likes",
            "dladm reset-linkprop -p protection LINK"));
    findings.add(
        vnics(
            host,
            "VNICs in illumos's way",
            vnic -> vnic.protection().modes().contains(COMPAT),
            "rogue router advertisements, redirects and much else pass, as they do in illumos",
            "dladm reset-linkprop -p protection LINK"));
    findings.add(
        vnics(
            host,
            "VNICs in the global zone",
            vnic -> vnic.key().zone().isEmpty(),
            "its root is the host's, who can take protection off",
            "a VNIC in a zone: dladm create-vnic -p zone=ZONE"));
    problems.stream()
        .map(problem -> repaired.contains(problem) ? incident(problem) : problem(problem))
        .forEach(findings::add);
    return findings;
  }

  private static Finding vnics(
      HostSpec host, String subject, Predicate<VnicSpec> bad, String why, String change) {
    List<String> named =
        host.vnics().stream().filter(bad).map(vnic -> vnic.key().toString()).sorted().toList();
    return Finding.of(
        named.isEmpty(),
        Level.WARN,
        subject,
        named.isEmpty() ? "none" : String.join(", ", named),
        why,
        change);
  }

  private static Finding incident(String incident) {
    return new Finding(
        Level.WARN,
        "repaired",
        incident,
        "somebody on this host changed what is ours",
        "find out who; it is forgotten after a day");
  }

  private static Finding problem(String problem) {
    return new Finding(
        Level.FAIL,
        "daemon",
        problem,
        "something is not as it is wanted",
        "the log says more; what failed is tried again every few seconds");
  }
}
