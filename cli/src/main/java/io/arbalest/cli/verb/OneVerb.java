package io.arbalest.cli.verb;

import java.util.List;
import java.util.function.Function;

/** A tool that does one thing, and changes nothing by it. */
public final class OneVerb implements Tool {
  private static final int MISUSE = 2;

  private final String name;
  private final String summary;
  private final Entry entry;

  /**
   * @param usage its synopsis, without its name
   * @param action makes it for one run
   */
  public OneVerb(String name, String summary, String usage, Function<Session, Action> action) {
    this.name = name;
    this.summary = summary;
    this.entry = new Entry(name + " " + usage, MISUSE, action);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public boolean readsOnly(List<String> words) {
    return true;
  }

  @Override
  public int run(List<String> words, Session session) {
    if (words.size() == 1 && Subcommands.HELP.contains(words.getFirst())) {
      session.out(entry.text());
      return 0;
    }
    return entry.run(words, session);
  }
}
