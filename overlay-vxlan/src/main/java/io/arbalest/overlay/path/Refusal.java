package io.arbalest.overlay.path;

import io.arbalest.linux.sys.Errno;
import io.arbalest.overlay.DropReason;

/** What an error number of the packet loop's system calls means for the frames in the call. */
final class Refusal {
  private static final int EAGAIN = Errno.EAGAIN.number();
  private static final int EIO = Errno.EIO.number();
  private static final int EINVAL = Errno.EINVAL.number();
  private static final int EMSGSIZE = Errno.EMSGSIZE.number();

  private Refusal() {}

  /** The socket is full; it will say when it is not. */
  static boolean isBlocked(int errno) {
    return errno == EAGAIN;
  }

  /**
   * Whether a send failed because of UDP_SEGMENT: EIO when the way out cannot checksum, EMSGSIZE
   * and EINVAL when a segment is longer than the route's MTU.
   */
  static boolean isOfOffload(int errno) {
    return errno == EIO || errno == EINVAL || errno == EMSGSIZE;
  }

  /** Whether a TAP refused the offload header of a frame. */
  static boolean isOfHeader(int errno) {
    return errno == EINVAL;
  }

  /** The name of a send that failed for good. */
  static DropReason ofSend(int errno) {
    return switch (Errno.of(errno)) {
      case ENOBUFS, ENOMEM -> DropReason.NO_BUFFER;
      case EMSGSIZE -> DropReason.TOO_LONG;
      case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL -> DropReason.UNREACHABLE;
      default -> DropReason.SEND_REFUSED;
    };
  }

  /** The name of a delivery that failed. */
  static DropReason ofDelivery(int errno) {
    return switch (Errno.of(errno)) {
      case ENOBUFS, ENOMEM, EAGAIN -> DropReason.DELIVERY_NO_BUFFER;
      case EIO, EBADFD, EBADF, ENODEV -> DropReason.LINK_DOWN;
      default -> DropReason.DELIVERY_REFUSED;
    };
  }
}
