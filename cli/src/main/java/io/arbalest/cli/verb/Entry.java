package io.arbalest.cli.verb;

import java.util.List;
import java.util.function.Function;

/**
 * How one verb is called, and what does it.
 *
 * @param usage its synopsis with the tool's name
 * @param misuse the exit code for words that make no sense
 * @param action makes it for one run
 */
record Entry(String usage, int misuse, Function<Session, Action> action) {
  private static final int FAILED = 1;

  int run(List<String> words, Session session) {
    if (words.contains("--help")) {
      session.out(text());
      return 0;
    }
    try {
      Action made = action.apply(session);
      Options.read(made, words, false);
      return made.run();
    } catch (UsageException e) {
      complain(e, session);
      session.output().err(text());
      return misuse;
    } catch (VerbException e) {
      complain(e, session);
      return FAILED;
    }
  }

  private static void complain(VerbException e, Session session) {
    String message = String.valueOf(e.getMessage());
    if (!message.isEmpty()) {
      session.fail(message);
    }
  }

  String text() {
    return "usage: " + usage + "\n";
  }
}
