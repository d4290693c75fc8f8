package io.arbalest.cli.dladm;

import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import java.util.List;

/** A list of property names, as after {@code -p} of a verb that sets no values. */
final class PropertyNames {
  private PropertyNames() {}

  /**
   * The names, in the order given.
   *
   * @throws VerbException if one is no property's
   */
  static List<String> parse(String list) {
    List<String> names = List.of(list.split(",", -1));
    names.forEach(PropertyNames::require);
    return names;
  }

  /**
   * Refuses a name that is no property's.
   *
   * @throws VerbException in illumos's words
   */
  static void require(String name) {
    if (!PropertyRow.exists(name)) {
      throw new VerbException("invalid link property '" + Words.printable(name) + "'");
    }
  }
}
