package io.arbalest.antispoof;

/**
 * A protection policy that was refused; the text names the field, the value and what is allowed.
 */
public final class InvalidPolicyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private InvalidPolicyException(String message) {
    super(message);
  }

  static InvalidPolicyException of(String field, Object value, String allowed) {
    return new InvalidPolicyException("%s '%s': %s".formatted(field, value, allowed));
  }
}
