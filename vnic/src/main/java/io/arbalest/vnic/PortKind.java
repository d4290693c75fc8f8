package io.arbalest.vnic;

import java.util.Optional;

/** What is behind a port of a switch. The numbers are in the pinned tables. */
enum PortKind {
  VNIC(1),
  /** The way out, whose other end is a program of ours that holds a TAP. */
  TAP(2);

  private final int number;

  PortKind(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static Optional<PortKind> of(int number) {
    for (PortKind kind : values()) {
      if (kind.number == number) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
