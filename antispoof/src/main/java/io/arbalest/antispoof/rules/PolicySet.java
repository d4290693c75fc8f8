package io.arbalest.antispoof.rules;

/** A set of the port's policy that a condition can ask for membership. */
public enum PolicySet {
  /** Allowed IPv4 networks; asked with the address in the low 32 bits of {@code low}. */
  ALLOWED_IPV4,
  /** Allowed IPv6 networks; asked with the two halves of the address. */
  ALLOWED_IPV6
}
