package io.arbalest.linux.bpf.asm;

import java.util.Locale;
import java.util.Optional;

/**
 * Kernel functions that a traffic-control program may call, with their numbers in {@code
 * linux/bpf.h}. Arguments are R1 to R5, the result is R0; what each expects is in {@code
 * bpf-helpers(7)} under {@code bpf_} and the name in lower case. Helpers that the kernel keeps for
 * programs under the GPL are not here.
 */
public enum Helper {
  MAP_LOOKUP_ELEM(1),
  MAP_UPDATE_ELEM(2),
  MAP_DELETE_ELEM(3),
  KTIME_GET_NS(5),
  GET_PRANDOM_U32(7),
  GET_SMP_PROCESSOR_ID(8),
  SKB_STORE_BYTES(9),
  L3_CSUM_REPLACE(10),
  L4_CSUM_REPLACE(11),
  CLONE_REDIRECT(13),
  SKB_VLAN_PUSH(18),
  SKB_VLAN_POP(19),
  SKB_GET_TUNNEL_KEY(20),
  SKB_SET_TUNNEL_KEY(21),
  REDIRECT(23),
  SKB_LOAD_BYTES(26),
  CSUM_DIFF(28),
  SKB_CHANGE_PROTO(31),
  SKB_CHANGE_TYPE(32),
  GET_HASH_RECALC(34),
  SKB_CHANGE_TAIL(38),
  SKB_PULL_DATA(39),
  CSUM_UPDATE(40),
  SET_HASH_INVALID(41),
  SKB_CHANGE_HEAD(43),
  SET_HASH(48),
  SKB_ADJUST_ROOM(50),
  SKB_LOAD_BYTES_RELATIVE(68),
  SKB_ECN_SET_CE(97),
  KTIME_GET_BOOT_NS(125),
  RINGBUF_OUTPUT(130),
  RINGBUF_RESERVE(131),
  RINGBUF_SUBMIT(132),
  RINGBUF_DISCARD(133),
  RINGBUF_QUERY(134),
  CSUM_LEVEL(135),
  REDIRECT_NEIGH(152),
  REDIRECT_PEER(155),
  KTIME_GET_COARSE_NS(160),
  LOOP(181),
  SKB_SET_TSTAMP(192);

  private final int number;

  Helper(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  static Optional<Helper> of(long number) {
    for (Helper helper : values()) {
      if (helper.number == number) {
        return Optional.of(helper);
      }
    }
    return Optional.empty();
  }

  /** The kernel's name without {@code bpf_}: {@code map_lookup_elem}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
