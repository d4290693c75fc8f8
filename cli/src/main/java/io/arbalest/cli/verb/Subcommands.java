package io.arbalest.cli.verb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A tool whose first word says what to do.
 *
 * <p>Every failure is one complaint on standard error and an exit code: one code for what could not
 * be done, another (in dladm the same) for words that make no sense.
 */
public final class Subcommands implements Tool {
  static final List<String> HELP = List.of("help", "--help", "-h", "-?");

  private final String name;
  private final String summary;
  private final int misuse;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * @param misuse the exit code for words that make no sense
   */
  public Subcommands(String name, String summary, int misuse) {
    this.name = name;
    this.summary = summary;
    this.misuse = misuse;
  }

  /**
   * Adds a subcommand.
   *
   * @param usage its synopsis; the first word is its name
   * @param action makes it for one run
   */
  public Subcommands add(String usage, Function<Session, Action> action) {
    entries.put(usage.split(" ", 2)[0], new Entry(name + " " + usage, misuse, action));
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String summary() {
    return summary;
  }

  /** Subcommands that only look are named so. */
  @Override
  public boolean readsOnly(List<String> words) {
    return words.isEmpty()
        || words.get(0).startsWith("show-")
        || words.get(0).equals("list")
        || !entries.containsKey(words.get(0));
  }

  @Override
  public int run(List<String> words, Session session) {
    if (words.isEmpty()) {
      session.output().err(usage());
      return misuse;
    }
    String word = words.get(0);
    if (HELP.contains(word)) {
      session.out(usage());
      return 0;
    }
    Entry entry = entries.get(word);
    if (entry == null) {
      session.fail("unknown subcommand '" + Words.printable(word) + "'");
      session.output().err(usage());
      return misuse;
    }
    return entry.run(words.subList(1, words.size()), session);
  }

  private String usage() {
    StringBuilder text = new StringBuilder("usage: " + name + " <subcommand> <args>...\n");
    entries
        .values()
        .forEach(
            entry ->
                text.append('\t').append(entry.usage().substring(name.length() + 1)).append('\n'));
    return text.toString();
  }
}
