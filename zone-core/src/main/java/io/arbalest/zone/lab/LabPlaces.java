package io.arbalest.zone.lab;

import io.arbalest.zone.Instance;
import io.arbalest.zone.InstanceName;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a lab's things are.
 *
 * @param global the main daemon, in whose folders the lab's own files are
 * @param environment names the folders of the hosts' daemons
 */
record LabPlaces(Instance global, Map<String, String> environment) {

  /** The daemon of a host. */
  Instance host(LabName lab, String host) {
    return Instance.of(InstanceName.of(lab.text(), host), environment);
  }

  /** The pin of a host's or a zone's network namespace. */
  Path pin(LabName lab, String member) {
    return Path.of("/run/netns", lab + "." + member);
  }

  /** The pin of the namespace that holds the switch between the hosts. */
  Path hub(LabName lab) {
    return global.run().resolve("wire").resolve(lab.text());
  }

  /** The lab's own files. */
  Path folder(LabName lab) {
    return global.state().resolve("lab-files").resolve(lab.text());
  }

  /** The lab file as it was when the lab was brought up: what runs, whatever is edited since. */
  Path copy(LabName lab) {
    return folder(lab).resolve("lab.yaml");
  }

  /** What the directory plugin of an overlay reads. */
  Path directory(LabName lab, LabName overlay) {
    return folder(lab).resolve("overlay-" + overlay + ".json");
  }
}
