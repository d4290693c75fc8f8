package io.arbalest.cli.verb;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads options into annotated fields, and complains about them as illumos's getopt loops do. */
public final class Options {
  private Options() {}

  /**
   * Fills the fields of {@code target}.
   *
   * @param stopAtOperand whether everything behind the first operand is operands too
   * @throws UsageException for an unknown option, one without its value, or too many operands
   * @throws VerbException for an option given twice
   */
  public static void read(Object target, List<String> words, boolean stopAtOperand) {
    CommandLine reader =
        new CommandLine(target)
            .setStopAtPositional(stopAtOperand)
            .setExpandAtFiles(false)
            .setInterpolateVariables(false)
            .setUsageHelpAutoWidth(false);
    try {
      reader.parseArgs(words.toArray(new String[0]));
    } catch (UnmatchedArgumentException e) {
      throw new UsageException(unmatched(e, reader));
    } catch (OverwrittenOptionException e) {
      throw new VerbException(
          "the option " + name(e.getOverwritten()) + " cannot be specified more than once");
    } catch (MissingParameterException e) {
      throw new UsageException(missing(e));
    } catch (ParameterException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static String unmatched(UnmatchedArgumentException e, CommandLine reader) {
    String word = e.getUnmatched().get(0);
    if (!e.isUnknownOption()) {
      return "unexpected argument '" + Words.printable(word) + "'";
    }
    return "unrecognized option '" + Words.printable(culprit(word, reader)) + "'";
  }

  /** Of a cluster such as {@code -tx}, the letter that no option has. */
  private static String culprit(String word, CommandLine reader) {
    if (word.startsWith("--")) {
      return word;
    }
    return word.chars()
        .skip(1)
        .mapToObj(letter -> "-" + (char) letter)
        .filter(option -> !reader.getCommandSpec().optionsMap().containsKey(option))
        .findFirst()
        .orElse(word);
  }

  private static String missing(MissingParameterException e) {
    ArgSpec argument = e.getMissing().get(0);
    return argument.isOption() ? "option '" + name(argument) + "' requires a value" : "";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.shortestName() : argument.paramLabel();
  }
}
