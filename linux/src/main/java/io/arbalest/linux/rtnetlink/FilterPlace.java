package io.arbalest.linux.rtnetlink;

/**
 * Where a filter sits.
 *
 * @param linkIndex the link's index
 * @param preference 1 to 65535; lower runs first
 * @param handle tells the filters of one preference apart; not 0
 */
public record FilterPlace(int linkIndex, Direction direction, int preference, int handle) {
  public FilterPlace {
    if (preference < 1 || preference > 0xffff) {
      throw new IllegalArgumentException(
          "invalid filter preference " + preference + ": 1 to 65535 is allowed");
    }
    if (handle == 0) {
      throw new IllegalArgumentException("invalid filter handle 0: any other number is allowed");
    }
  }

  /** Handle 1 of a preference at the link's ingress. */
  public static FilterPlace ingress(int linkIndex, int preference) {
    return new FilterPlace(linkIndex, Direction.INGRESS, preference, 1);
  }

  /** Handle 1 of a preference at the link's egress. */
  public static FilterPlace egress(int linkIndex, int preference) {
    return new FilterPlace(linkIndex, Direction.EGRESS, preference, 1);
  }
}
