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
  private static final List<String> HELP = List.of("help", "--help", "-h", "-?");
  private static final int FAILED = 1;

  private final String name;
  private final String summary;
  private final int misuse;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(String usage, Function<Session, Action> action) {}

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
    entries.put(usage.split(" ", 2)[0], new Entry(usage, action));
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
    return run(entry, words.subList(1, words.size()), session);
  }

  private int run(Entry entry, List<String> words, Session session) {
    if (words.contains("--help")) {
      session.out(usage(entry));
      return 0;
    }
    try {
      Action action = entry.action().apply(session);
      Options.read(action, words, false);
      return action.run();
    } catch (UsageException e) {
      complain(e, session);
      session.output().err(usage(entry));
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

  private String usage(Entry entry) {
    return "usage: " + name + " " + entry.usage() + "\n";
  }

  private String usage() {
    StringBuilder text = new StringBuilder("usage: " + name + " <subcommand> <args>...\n");
    entries.values().forEach(entry -> text.append('\t').append(entry.usage()).append('\n'));
    return text.toString();
  }
}
