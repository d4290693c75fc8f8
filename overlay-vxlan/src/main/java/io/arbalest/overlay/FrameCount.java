package io.arbalest.overlay;

import java.util.Locale;

/**
 * What an overlay counts beside its drops, in inner Ethernet frames as they are on the wire: a
 * super-frame of 44 segments counts 44, a group frame counts once for each VTEP that it is meant
 * for (and once if there is none).
 */
public enum FrameCount {
  /** Frames that the zones handed over. Equals sent + answered + the outbound drops. */
  OUT_FRAMES,
  /** Frames that the kernel took for the underlay. */
  OUT_SENT,
  /** Frames answered here instead of being sent: ARP and neighbour solicitations. */
  OUT_ANSWERED,
  /** Bytes of the frames sent, without the VXLAN header. */
  OUT_BYTES,
  /** System calls that sent them: the fewer, the better they were batched. */
  OUT_SENDS,
  /** Datagrams that came for the overlay. Equals delivered + the inbound drops. */
  IN_FRAMES,
  /** Frames that the kernel took for the zones. */
  IN_DELIVERED,
  /** Bytes of the frames delivered, without the VXLAN header. */
  IN_BYTES,
  /** System calls that delivered them: the fewer, the better they were joined. */
  IN_WRITES,
  /** Times that segmentation offload was given up for a VTEP because the kernel refused it. */
  OFFLOAD_GIVEN_UP;

  /** The stable name for people and JSON: {@code out-frames}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
