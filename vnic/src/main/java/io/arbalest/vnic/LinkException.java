package io.arbalest.vnic;

/**
 * A data link cannot be what was asked, for a reason that {@code dladm} has a word for.
 *
 * <p>The message is the status text and then what exactly was refused. A refusal by the kernel
 * keeps its own exception as the cause.
 */
public final class LinkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final LinkStatus status;

  /**
   * @param detail names the object or value, and what is allowed
   */
  public LinkException(LinkStatus status, String detail) {
    super(status.text() + ": " + detail);
    this.status = status;
  }

  public LinkException(LinkStatus status, String detail, Throwable cause) {
    super(status.text() + ": " + detail, cause);
    this.status = status;
  }

  public LinkStatus status() {
    return status;
  }
}
