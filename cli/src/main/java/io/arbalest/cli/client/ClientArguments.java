package io.arbalest.cli.client;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line with the client's own option taken out.
 *
 * @param host the wanted host's name as typed; empty when none was named
 * @param argv the verb and its arguments, for the daemon
 */
record ClientArguments(String host, List<String> argv) {
  private static final String OPTION = "--host";
  private static final String OPTION_WITH_VALUE = "--host=";

  /**
   * Takes {@code --host NAME} out wherever it stands, except where the words belong to somebody
   * else: after {@code --}, and after zlogin's zone, where the command for the zone begins.
   *
   * @param fallback the host when the command line names none
   * @throws ClientException if the option has no value
   */
  static ClientArguments parse(List<String> words, String fallback) {
    String host = fallback;
    List<String> argv = new ArrayList<>();
    int i = 0;
    while (i < words.size() && !endsOptions(words.get(i), argv)) {
      String word = words.get(i++);
      if (word.equals(OPTION)) {
        if (i == words.size()) {
          throw new ClientException("option '--host' requires a value");
        }
        host = words.get(i++);
      } else if (word.startsWith(OPTION_WITH_VALUE)) {
        host = word.substring(OPTION_WITH_VALUE.length());
      } else {
        argv.add(word);
      }
    }
    argv.addAll(words.subList(i, words.size()));
    return new ClientArguments(host, argv);
  }

  private static boolean endsOptions(String word, List<String> before) {
    if (word.equals("--")) {
      return true;
    }
    boolean ofZlogin = !before.isEmpty() && before.get(0).equals("zlogin");
    return ofZlogin && !word.startsWith("-");
  }
}
