package io.arbalest.antispoof.explain;

import java.util.List;

/**
 * What a frame says, for people.
 *
 * @param summary one line, such as {@code ARP who-has 10.0.0.1 tell 10.0.0.99}
 * @param facts the fields that rules look at, in the order of the frame
 */
public record Dissection(String summary, List<Fact> facts) {
  /**
   * One field.
   *
   * @param name such as {@code arp sender address}
   * @param value such as {@code 10.0.0.99}
   */
  public record Fact(String name, String value) {}

  public Dissection {
    facts = List.copyOf(facts);
  }

  /**
   * Reads any bytes: what is cut or makes no sense is said to be so. Never throws.
   *
   * @param frame from the Ethernet destination on
   */
  public static Dissection of(byte[] frame) {
    Reading reading = new Reading();
    try {
      EthernetReader.read(new Octets(frame), reading);
    } catch (Octets.Cut _) {
      reading.say("(cut after " + frame.length + " bytes)");
    }
    return reading.end();
  }
}
