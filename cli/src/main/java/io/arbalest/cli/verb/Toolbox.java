package io.arbalest.cli.verb;

import io.arbalest.zone.daemon.Invocation;
import io.arbalest.zone.daemon.Output;
import io.arbalest.zone.daemon.Verbs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All tools of a daemon, by name. */
public final class Toolbox implements Verbs {
  private static final String SELF = "arbalest";
  private static final int FAILED = 1;
  private static final List<String> HELP = List.of("help", "--help", "-h", "-?");

  private final Map<String, Tool> tools = new LinkedHashMap<>();

  /**
   * @param tools in the order in which help lists them
   */
  public Toolbox(List<Tool> tools) {
    tools.forEach(tool -> this.tools.put(tool.name(), tool));
  }

  @Override
  public int run(Invocation invocation, Output output) {
    List<String> words = words(invocation);
    if (words.isEmpty()) {
      output.err(help());
      return FAILED;
    }
    String name = words.get(0);
    if (HELP.contains(name)) {
      output.out(help());
      return 0;
    }
    Tool tool = tools.get(name);
    if (tool == null) {
      output.err(SELF + ": unknown command '" + Words.printable(name) + "'\n" + help());
      return FAILED;
    }
    return tool.run(rest(words), new Session(name, invocation, output));
  }

  @Override
  public boolean readsOnly(Invocation invocation) {
    List<String> words = words(invocation);
    Tool tool = words.isEmpty() ? null : tools.get(words.get(0));
    return tool == null || tool.readsOnly(rest(words));
  }

  private static List<String> words(Invocation invocation) {
    List<String> argv = invocation.argv();
    return argv.get(0).equals(SELF) ? rest(argv) : argv;
  }

  private static List<String> rest(List<String> words) {
    return words.subList(1, words.size());
  }

  private String help() {
    StringBuilder text =
        new StringBuilder("usage: arbalest [--host NAME] COMMAND ...\n\ncommands:\n");
    tools.values().forEach(tool -> line(text, tool.name(), tool.summary()));
    line(text, "daemon", "run the daemon in the foreground");
    line(text, "test", "run the project's tests");
    line(text, "bench", "measure against the kernel's own means");
    return text.append("\n'arbalest COMMAND help' says more.\n").toString();
  }

  private static void line(StringBuilder text, String name, String summary) {
    text.append("  ").append(name).repeat(' ', 10 - name.length()).append(summary).append('\n');
  }
}
