package io.arbalest.cli.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The one HTTP request that carries a command line to the daemon.
 *
 * @param argv the verb and its arguments
 * @param environment the variables that a verb may look at
 * @param cwd the caller's working directory, for file names on the command line
 * @param columns the width of the caller's terminal; 0 when the output is not a terminal
 * @param uid the caller's user id, for display only: the daemon trusts the socket's peer
 *     credentials
 */
record Request(
    List<String> argv, Map<String, String> environment, String cwd, int columns, int uid) {

  /** The whole request as it goes on the socket. */
  ByteBuffer encode() {
    byte[] body = json().getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("POST /v1/run HTTP/1.1\r\nHost: arbalest\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
  }

  private String json() {
    StringBuilder out = new StringBuilder(512);
    out.append("{\"argv\":[");
    String separator = "";
    for (String word : argv) {
      out.append(separator);
      quote(out, word);
      separator = ",";
    }
    out.append("],\"env\":{");
    separator = "";
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      out.append(separator);
      quote(out, variable.getKey());
      out.append(':');
      quote(out, variable.getValue());
      separator = ",";
    }
    out.append("},\"cwd\":");
    quote(out, cwd);
    out.append(",\"columns\":").append(columns).append(",\"uid\":").append(uid).append('}');
    return out.toString();
  }

  /** A JSON string; control characters as escapes, everything else as it is. */
  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u00").append(Character.forDigit(c >> 4, 16));
        out.append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
