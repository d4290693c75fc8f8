package io.arbalest.zone.property;

import io.arbalest.vnic.LinkStatus;

/**
 * A link property cannot have the value that was asked for.
 *
 * <p>The message names the value and what is allowed; the property's name and dladm's word for what
 * is wrong stand beside it.
 */
public final class PropertyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient LinkProperty property;
  private final LinkStatus status;

  PropertyException(LinkProperty property, LinkStatus status, String detail) {
    super(detail);
    this.property = property;
    this.status = status;
  }

  /** The property that refused. */
  public LinkProperty property() {
    return property;
  }

  /** Dladm's word for it. */
  public LinkStatus status() {
    return status;
  }
}
