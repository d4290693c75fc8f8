package io.arbalest.cli;

import io.arbalest.cli.host.AbsentHost;
import io.arbalest.cli.lab.LabTool;
import io.arbalest.cli.verb.Tool;
import io.arbalest.cli.verb.Toolbox;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.zone.daemon.Invocation;
import io.arbalest.zone.daemon.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The verbs without a daemon, for a caller who may not start one: help and usages work, everything
 * else says why it does not.
 */
public final class Helper {
  private Helper() {}

  /** Runs one command line and ends with its exit code. */
  public static void main(String[] words) {
    Invocation invocation =
        new Invocation(List.of(words), Map.of(), System.getProperty("user.dir", "/"), 0, -1);
    String reason = System.getProperty("arbalest.reason", "there is no daemon");
    List<Tool> tools = new ArrayList<>(Tools.of(new AbsentHost(reason)));
    tools.add(
        new LabTool(
            () -> {
              throw new VerbException(reason);
            }));
    System.exit(new Toolbox(tools).run(invocation, new Streams()));
  }

  /** This process's own streams. */
  private static final class Streams implements Output {
    @Override
    public void out(String text) {
      System.out.print(text);
      System.out.flush();
    }

    @Override
    public void err(String text) {
      System.err.print(text);
      System.err.flush();
    }

    @Override
    public void launch(List<String> argv) {
      throw new IllegalStateException("there is nothing to enter without a daemon");
    }

    @Override
    public boolean isOpen() {
      return !System.out.checkError();
    }
  }
}
