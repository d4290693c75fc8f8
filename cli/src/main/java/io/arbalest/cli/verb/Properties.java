package io.arbalest.cli.verb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The value of {@code -p}: {@code prop=value[,value...][,prop=value...]}.
 *
 * <p>A comma separates both the values of a property and the properties; what follows it is a new
 * property if it has an equals sign.
 */
public final class Properties {
  private Properties() {}

  /**
   * Reads property lists.
   *
   * @return the values of each property, in the order given
   * @throws VerbException if a list does not start with a property or names one twice
   */
  public static Map<String, List<String>> parse(List<String> lists, String complaint) {
    Map<String, StringBuilder> found = new LinkedHashMap<>();
    for (String list : lists) {
      StringBuilder current = null;
      for (String piece : list.split(",", -1)) {
        int equals = piece.indexOf('=');
        if (equals > 0) {
          current = new StringBuilder(piece.substring(equals + 1));
          if (found.put(piece.substring(0, equals), current) != null) {
            throw new VerbException(complaint + " '" + Words.printable(list) + "'");
          }
        } else if (current == null || equals == 0) {
          throw new VerbException(complaint + " '" + Words.printable(list) + "'");
        } else {
          current.append(',').append(piece);
        }
      }
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    found.forEach((name, text) -> values.put(name, List.of(text.toString().split(",", -1))));
    return values;
  }
}
