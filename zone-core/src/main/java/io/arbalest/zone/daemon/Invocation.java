package io.arbalest.zone.daemon;

import java.util.List;
import java.util.Map;

/**
 * A command as its caller typed it.
 *
 * @param argv the command's name and its arguments; argv[0] is the name it was called by
 * @param env the part of the caller's environment that commands look at
 * @param cwd the caller's working directory, against which file arguments are resolved
 * @param columns the width of the caller's terminal, 0 if its output is not a terminal
 * @param uid the caller's user id. The client's own claim is replaced by what the kernel says
 */
public record Invocation(
    List<String> argv, Map<String, String> env, String cwd, int columns, int uid) {
  public Invocation {
    argv = List.copyOf(argv);
    env = Map.copyOf(env);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("argv is empty: must hold at least the command's name");
    }
    if (!cwd.startsWith("/")) {
      throw new IllegalArgumentException("cwd '" + cwd + "' must be an absolute path");
    }
    if (columns < 0) {
      throw new IllegalArgumentException("columns " + columns + " must be 0 or more");
    }
  }

  /** The same command, said by another user. */
  public Invocation by(int callerUid) {
    return new Invocation(argv, env, cwd, columns, callerUid);
  }
}
