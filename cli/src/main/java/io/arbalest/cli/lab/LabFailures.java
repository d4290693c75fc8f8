package io.arbalest.cli.lab;

import io.arbalest.cli.verb.UsageException;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.zone.lab.LabException;
import io.arbalest.zone.lab.LabFileException;
import io.arbalest.zone.lab.LabName;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns what a lab complains of into a verb's complaint. */
final class LabFailures {
  private LabFailures() {}

  static <T> T of(Supplier<T> work) {
    try {
      return work.get();
    } catch (LabException | LabFileException | KernelException | UncheckedIOException e) {
      throw new VerbException(String.valueOf(e.getMessage()), e);
    }
  }

  static Optional<LabName> name(Optional<String> operand) {
    try {
      return operand.map(LabName::new);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
