package io.arbalest.overlay.directory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON token by token, so that each refusal can say file, line, column, entry, field, value
 * and what is allowed.
 */
final class StrictJson implements AutoCloseable {
  private static final int DEPTH = 4;
  private static final int TEXT = 256;
  private static final int SHOWN = 60;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxStringLength(TEXT)
                  .maxNameLength(TEXT)
                  .maxNumberLength(TEXT)
                  .build())
          .build();

  private final String source;
  private final JsonParser parser;
  private String entry = "";

  StrictJson(String source, String text) {
    this.source = source;
    this.parser = FACTORY.createParser(ObjectReadContext.empty(), text);
  }

  /** The key of the entry that is being read, for errors; empty outside of one. */
  void inEntry(String key) {
    entry = key;
  }

  /** The next token; null behind the last. */
  @Nullable JsonToken next() {
    return parser.nextToken();
  }

  /** The name of the field that the reader stands at. */
  String name() {
    return parser.currentName();
  }

  /** Demands that an object starts here. */
  void beginObject(String field, String allowed) {
    if (next() != JsonToken.START_OBJECT) {
      throw refuseToken(field, allowed);
    }
  }

  /** Demands that the text ends here. */
  void end() {
    if (next() != null) {
      throw refuseToken("text behind the object", "nothing");
    }
  }

  /** Demands a string. */
  String string(String field, String allowed) {
    if (next() != JsonToken.VALUE_STRING) {
      throw refuseToken(field, allowed);
    }
    return parser.getString();
  }

  /** Demands a string, or an array of them. */
  List<String> strings(String field, String what) {
    String allowed = "an " + what + " in quotes, or an array of them,";
    JsonToken token = next();
    if (token == JsonToken.VALUE_STRING) {
      return List.of(parser.getString());
    }
    if (token != JsonToken.START_ARRAY) {
      throw refuseToken(field, allowed);
    }
    List<String> values = new ArrayList<>();
    for (token = next(); token != JsonToken.END_ARRAY; token = next()) {
      if (token != JsonToken.VALUE_STRING) {
        throw refuseToken(field, allowed);
      }
      values.add(parser.getString());
    }
    return values;
  }

  /** Demands an integer of a range, written as one. */
  int integer(String field, int least, int most) {
    String allowed = "an integer from " + least + " to " + most;
    if (next() != JsonToken.VALUE_NUMBER_INT) {
      throw refuseToken(field, allowed);
    }
    String digits = parser.getString();
    if (digits.length() > 9) {
      throw refuseToken(field, allowed);
    }
    int value = Integer.parseInt(digits);
    if (value < least || value > most) {
      throw refuseToken(field, allowed);
    }
    return value;
  }

  private DirectoryException refuseToken(String field, String allowed) {
    JsonToken token = parser.currentToken();
    String value = token == null ? "the end of the file" : parser.getString();
    return refuse(field, value == null ? "null" : value, allowed + " is allowed");
  }

  /** The refusal of a value. */
  DirectoryException refuse(String field, String value, String allowed) {
    return new DirectoryException(where() + field + " '" + shown(value) + "': " + allowed);
  }

  /** The refusal of a value, with its cause. */
  DirectoryException refuse(String field, String value, String allowed, Throwable cause) {
    return new DirectoryException(where() + field + " '" + shown(value) + "': " + allowed, cause);
  }

  /** The refusal of an entry without a field. */
  DirectoryException missing(String field, String meaning) {
    return new DirectoryException(where() + field + " is missing: it is required, " + meaning);
  }

  private String where() {
    String place = source + position(parser.currentTokenLocation());
    return place + (entry.isEmpty() ? "" : "entry " + shown(entry) + ": ");
  }

  private static String position(TokenStreamLocation at) {
    return ":" + at.getLineNr() + ":" + Math.max(1, at.getColumnNr()) + ": ";
  }

  /** The refusal of text that is not JSON, in the parser's words. */
  static DirectoryException syntax(String source, JacksonException e) {
    String words = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
    TokenStreamLocation at = e.getLocation();
    return new DirectoryException(
        source + (at == null ? ": " : position(at)) + "not valid JSON: " + shown(words, 200), e);
  }

  private static String shown(String value) {
    return shown(value, SHOWN);
  }

  /** Printable and short: the text comes from a file, and goes to a terminal. */
  private static String shown(String value, int length) {
    StringBuilder text = new StringBuilder();
    value
        .codePoints()
        .limit(length)
        .map(c -> c >= ' ' && c < 0x7f ? c : '?')
        .forEach(text::appendCodePoint);
    return text.append(value.length() > length ? "..." : "").toString();
  }

  @Override
  public void close() {
    parser.close();
  }
}
