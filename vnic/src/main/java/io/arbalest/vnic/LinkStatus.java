package io.arbalest.vnic;

import io.arbalest.linux.sys.Errno;
import java.util.Locale;

/** The outcomes of an operation on a data link, with the words of illumos's {@code dladm(8)}. */
public enum LinkStatus {
  OK,
  INVALID_ARGUMENT,
  OPERATION_FAILED,
  OPERATION_NOT_SUPPORTED,
  OBJECT_NOT_FOUND,
  INVALID_VALUE,
  INSUFFICIENT_MEMORY,
  OBJECT_ALREADY_EXISTS,
  INVALID_LINK,
  READ_ONLY_PROPERTY("read-only property"),
  INVALID_NUMBER_OF_VALUES,
  PERMISSION_DENIED,
  IO_ERROR("I/O error"),
  CHANGE_CANNOT_BE_PERSISTENT,
  OPERATION_TIMED_OUT,
  INVALID_CONFIGURATION_REPOSITORY,
  INVALID_MAC_ADDRESS("invalid MAC address"),
  LINK_BUSY,
  INVALID_VLAN_IDENTIFIER("invalid VLAN identifier"),
  TRY_AGAIN_LATER,
  INVALID_MAC_ADDRESS_VALUE("invalid MAC address value"),
  MAC_ADDRESS_RESERVED("MAC address reserved for use by underlying data-link"),
  MAC_ADDRESS_IN_USE("MAC address is already in use"),
  INVALID_MAC_PREFIX_VALUE("Invalid MAC address prefix value"),
  INVALID_MAC_PREFIX_LENGTH("Invalid MAC address prefix length"),
  TOO_MANY_ELEMENTS_SPECIFIED,
  INVALID_RANGE,
  PROPERTY_PARSE_ERROR,
  INVALID_IP_ADDRESS("invalid IP address"),
  INVALID_IP_PREFIX_LENGTH("invalid IP prefix length"),
  MTU_CHECK_FAILED("MTU check failed, use lower MTU or -f option"),
  MTU_OUT_OF_RANGE("MTU check failed, MTU outside of device's supported range"),
  INVALID_PROPERTY,
  CHANGE_MUST_BE_PERSISTENT,
  ADDRESS_ALREADY_IN_USE,
  INVALID_ENCAPSULATION_PROTOCOL,
  PERSISTENT_ON_TEMPORARY("can't create persistent object on top of temporary object");

  private final String text;

  LinkStatus() {
    this.text = name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  LinkStatus(String text) {
    this.text = text;
  }

  /** The words that follow {@code failed:} in an error of {@code dladm}. */
  public String text() {
    return text;
  }

  /** The status that says what a kernel error means for a link. */
  public static LinkStatus of(Errno errno) {
    return switch (errno) {
      case EPERM, EACCES -> PERMISSION_DENIED;
      case EEXIST -> OBJECT_ALREADY_EXISTS;
      case ENODEV, ENOENT, ENXIO -> OBJECT_NOT_FOUND;
      case EBUSY -> LINK_BUSY;
      case EINVAL, E2BIG, ERANGE -> INVALID_ARGUMENT;
      case ENOMEM, ENOBUFS, ENOSPC -> INSUFFICIENT_MEMORY;
      case ENOTSUP, ENOTSUPP, ENOSYS -> OPERATION_NOT_SUPPORTED;
      case EADDRINUSE -> ADDRESS_ALREADY_IN_USE;
      case EADDRNOTAVAIL -> INVALID_MAC_ADDRESS_VALUE;
      case EAGAIN, EINTR -> TRY_AGAIN_LATER;
      case ETIMEDOUT -> OPERATION_TIMED_OUT;
      case EIO -> IO_ERROR;
      default -> OPERATION_FAILED;
    };
  }
}
