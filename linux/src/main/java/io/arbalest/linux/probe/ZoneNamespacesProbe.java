package io.arbalest.linux.probe;

import io.arbalest.linux.netns.StackNamespaces;
import io.arbalest.linux.netns.UidRange;

/** Can a zone have a user namespace that owns its network namespace? */
public final class ZoneNamespacesProbe {
  /** Ids that no zone has: those of zones begin above a million. */
  private static final UidRange IDS = new UidRange(900_000, 1);

  private ZoneNamespacesProbe() {}

  /** Tries it. */
  public static void run() {
    StackNamespaces.create(IDS).close();
  }
}
