package io.arbalest.overlay;

/** A property of an overlay that cannot be; the message names it, the value and what is allowed. */
public final class OverlayPropertyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String property;

  private OverlayPropertyException(String property, String message) {
    super(message);
    this.property = property;
  }

  static OverlayPropertyException of(String property, String value, String allowed) {
    return new OverlayPropertyException(
        property,
        "invalid value '"
            + printable(value)
            + "' for "
            + property
            + ": "
            + allowed
            + " is allowed");
  }

  static OverlayPropertyException unknown(String property, String allowed) {
    String shown = printable(property);
    return new OverlayPropertyException(
        shown, "invalid overlay property '" + shown + "': " + allowed + " are allowed");
  }

  static OverlayPropertyException unset(String property) {
    return new OverlayPropertyException(property, "unset required property: " + property);
  }

  /** The property's name. */
  public String property() {
    return property;
  }

  /** Keeps control characters of a hostile value out of terminals and logs. */
  private static String printable(String value) {
    StringBuilder text = new StringBuilder();
    value.codePoints().limit(80).forEach(c -> text.appendCodePoint(c >= ' ' && c < 0x7f ? c : '?'));
    return text.toString();
  }
}
