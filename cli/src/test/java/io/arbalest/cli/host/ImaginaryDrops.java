package io.arbalest.cli.host;

import io.arbalest.zone.host.DropLog;
import io.arbalest.zone.host.SeenDrop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Drops that a test thought of. Followers hear of the later ones as soon as they listen. */
public final class ImaginaryDrops implements DropLog {
  private final List<SeenDrop> recent = new ArrayList<>();
  private final List<SeenDrop> later = new ArrayList<>();
  private long missed;
  private int followers;

  public void add(SeenDrop drop) {
    recent.add(drop);
  }

  /** Happens once somebody follows. */
  public void addLater(SeenDrop drop) {
    later.add(drop);
  }

  public void miss(long count) {
    missed = count;
  }

  /** How many follow at this moment. */
  public int followers() {
    return followers;
  }

  @Override
  public List<SeenDrop> recent() {
    return List.copyOf(recent);
  }

  @Override
  public Following follow(Consumer<SeenDrop> listener) {
    followers++;
    later.forEach(listener);
    return new Following() {
      @Override
      public long missed() {
        return missed;
      }

      @Override
      public void close() {
        followers--;
      }
    };
  }
}
