package io.arbalest.zone;

/**
 * A spec that contradicts itself or asks for the impossible: which field, its value, what would do.
 */
public final class SpecException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param field where the value stands: {@code "vnic web/net0: over"}
   * @param value the value refused
   * @param allowed what would be accepted
   */
  public SpecException(String field, Object value, String allowed) {
    super(field + " '" + value + "': " + allowed);
  }
}
