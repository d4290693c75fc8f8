package io.arbalest.antispoof.rules;

/** The link protection counters of illumos ({@code kstat -p link:0:*:*spoofed}). */
public enum DropGroup {
  MACSPOOFED("macspoofed"),
  RESTRICTED("restricted"),
  IPSPOOFED("ipspoofed"),
  DHCPSPOOFED("dhcpspoofed"),
  /** What illumos drops without counting it, and what it has no notion of. */
  OTHER("other");

  private final String label;

  DropGroup(String label) {
    this.label = label;
  }

  /** The statistic's name in illumos. */
  public String label() {
    return label;
  }
}
