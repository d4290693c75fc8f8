package io.arbalest.linux.probe;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.tap.Tap;

/** Are there TAP devices? Tried in a namespace that is made for it and gone afterwards. */
public final class TapProbe {
  private TapProbe() {}

  /** Tries it. */
  public static void run() {
    try (NetworkNamespace aside = NetworkNamespace.create()) {
      aside.call(
          () -> {
            Tap.create("probe0").close();
            return true;
          });
    }
  }
}
