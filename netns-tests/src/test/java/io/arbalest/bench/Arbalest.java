package io.arbalest.bench;

import java.util.ArrayList;
import java.util.List;

/** Runs the command line as an operator does. */
final class Arbalest {
  private static final String COMMAND = System.getProperty("arbalest.command", "../arbalest");

  private Arbalest() {}

  static String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(COMMAND));
    command.addAll(List.of(arguments));
    return Command.run(command);
  }
}
