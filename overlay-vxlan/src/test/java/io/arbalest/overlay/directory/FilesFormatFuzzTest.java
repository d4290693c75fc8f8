package io.arbalest.overlay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.overlay.Vtep;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Any text gives entries or a refusal in words; the seed makes a failure repeatable. */
final class FilesFormatFuzzTest {
  private static final long SEED = 20_261_123;
  private static final int ROUNDS = 20_000;
  private static final Vtep OWN = Vtep.of(IpLiteral.parse("192.0.2.1"), 4789);
  private static final String GOOD =
      """
      {"2:8:20:0:0:a":{"ip":"192.0.2.1","port":4789,"arp":"10.42.0.10","ndp":["fd42::10"]},
       "2:8:20:0:0:14":{"ip":"192.0.2.2","port":4789,"dhcp-proxy":"2:8:20:0:0:a","arp":[]}}
      """;
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "\\",
          "\\u0000",
          "null",
          "true",
          "-",
          "0",
          "1e9",
          "ff:ff:ff:ff:ff:ff",
          "ip",
          "port",
          "arp",
          "ndp",
          "::",
          "0.0.0.0",
          "\u0000",
          "\u001b",
          "\ud800",
          "\u20ac",
          " ",
          "\n",
          "2:8:20:0:0:14",
          "192.0.2.2",
          "99999999999");

  @Test
  void shouldGiveEntriesOrARefusal() {
    Random random = new Random(SEED);
    int accepted = 0;
    Set<String> complaints = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      String text = mutate(random);
      try {
        List<DirectoryEntry> entries = FilesFormat.read("f", text, OWN);
        // What is accepted can also be compiled.
        DirectorySnapshot.of(OWN, entries);
        accepted++;
      } catch (DirectoryException e) {
        assertThat(isPlainSentence(e.sentence())).as(e.sentence()).isTrue();
        complaints.add(e.sentence().replaceAll("[0-9]+", "N").replaceAll("'.*'", "V"));
      }
    }
    assertThat(accepted).isBetween(1, ROUNDS / 2);
    assertThat(complaints).hasSizeGreaterThan(50);
  }

  private static boolean isPlainSentence(String text) {
    return text.startsWith("f:")
        && text.length() < 600
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  private static String mutate(Random random) {
    StringBuilder text = new StringBuilder(GOOD);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(4));
      text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
    }
    return random.nextInt(10) == 0 ? text.substring(0, random.nextInt(text.length())) : text + "";
  }
}
