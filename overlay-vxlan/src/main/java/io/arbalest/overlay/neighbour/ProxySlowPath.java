package io.arbalest.overlay.neighbour;

import io.arbalest.overlay.DropReason;
import io.arbalest.overlay.path.SlowPath;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Supplier;

/** Puts the {@link NeighbourProxy} into an overlay's data path. Safe for use by several threads. */
public final class ProxySlowPath implements SlowPath {
  private static final Verdict MALFORMED = new Verdict.Drop(DropReason.BAD_NEIGHBOUR_MESSAGE);
  private static final Verdict FALSE_CLAIM = new Verdict.Drop(DropReason.FALSE_CLAIM);

  private final Supplier<AddressBook> book;

  /**
   * @param book gives the picture that is valid now; asked for each frame
   */
  public ProxySlowPath(Supplier<AddressBook> book) {
    this.book = book;
  }

  @Override
  public Verdict decide(byte[] frame) {
    byte[] reply = new byte[NeighbourProxy.REPLY_CAPACITY];
    ProxyVerdict verdict =
        NeighbourProxy.examine(
            MemorySegment.ofArray(frame), book.get(), MemorySegment.ofArray(reply));
    return switch (verdict) {
      case REPLICATE -> Verdict.REPLICATE;
      case ARP_REPLY, NEIGHBOUR_ADVERTISEMENT ->
          new Verdict.Answer(Arrays.copyOf(reply, verdict.replyLength()));
      case UNICAST -> new Verdict.Forward(frame);
      case LOCAL -> Verdict.LOCAL;
      case MALFORMED -> MALFORMED;
      case FALSE_CLAIM -> FALSE_CLAIM;
    };
  }
}
