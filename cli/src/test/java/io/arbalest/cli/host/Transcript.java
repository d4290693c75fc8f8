package io.arbalest.cli.host;

import io.arbalest.zone.daemon.Invocation;
import io.arbalest.zone.daemon.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Remembers what a verb said. */
public final class Transcript implements Output {
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();
  private final List<String> launched = new ArrayList<>();
  private int readings = Integer.MAX_VALUE;

  /** A caller without a terminal who typed these words. */
  public static Invocation typed(String... words) {
    return new Invocation(List.of(words), Map.of(), "/home/op", 0, 0);
  }

  @Override
  public void out(String text) {
    out.append(text);
  }

  @Override
  public void err(String text) {
    err.append(text);
  }

  @Override
  public void launch(List<String> argv) {
    launched.addAll(argv);
  }

  @Override
  public boolean isOpen() {
    return readings-- > 0;
  }

  /** Goes away after being asked so many times whether it still reads. */
  public void leaveAfter(int times) {
    readings = times;
  }

  public String out() {
    return out.toString();
  }

  public String err() {
    return err.toString();
  }

  public List<String> launched() {
    return launched;
  }
}
