package io.arbalest.overlay.path;

import io.arbalest.overlay.FrameCount;
import io.arbalest.overlay.OverlayCounters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Joins received frames of a flow into super-frames before they are written to the zones' side.
 *
 * <p>A merged frame gets a new checksum, so each frame's own is verified first: a corrupt one is
 * passed on untouched for the receiver to refuse. Frames of one flow keep their order; frames of
 * different flows may overtake each other. What was offered must stay in place until {@link
 * #flush}.
 */
final class Coalescer {
  private static final int RUNS = 8;

  private final FrameWriter out;
  private final OverlayCounters counters;
  private final boolean joinUdp;
  private final Run[] runs = new Run[RUNS];
  private final InnerFrame frame = new InnerFrame();
  private final IoVectors verbatim;
  private final MemorySegment vnet;
  private final int mtu;
  private int open;
  private long clock;

  Coalescer(Arena arena, FrameWriter out, OverlayCounters counters, PortSpec spec) {
    this.out = out;
    this.counters = counters;
    joinUdp = spec.udpSuperFrames();
    mtu = spec.mtu();
    for (int i = 0; i < RUNS; i++) {
      runs[i] = new Run(arena);
    }
    verbatim = new IoVectors(arena, 2);
    vnet = arena.allocate(Vnet.HEADER, Long.BYTES);
    verbatim.set(0, vnet.address(), Vnet.HEADER);
  }

  /** Takes an Ethernet frame. */
  void offer(MemorySegment memory, long at, int length) {
    if (!frame.view(memory, at, length)) {
      writeVerbatim(memory.address() + at, length);
      return;
    }
    Run run = find(frame.flow());
    if (run != null && joins(run)) {
      run.append(frame);
    } else {
      if (run != null) {
        write(run);
      }
      run = begin();
    }
    if (run != null && run.isComplete()) {
      write(run);
    }
  }

  private boolean joins(Run run) {
    return frame.isCandidate() && run.continuesWith(frame) && frame.checksumsAreRight();
  }

  private @Nullable Run find(long flow) {
    if (open == 0) {
      return null;
    }
    for (Run run : runs) {
      if (run.isOpen() && run.flow() == flow) {
        return run;
      }
    }
    return null;
  }

  private @Nullable Run begin() {
    boolean joinable = frame.isCandidate() && (joinUdp || frame.isTcp());
    if (!joinable || !frame.checksumsAreRight()) {
      writeAlone();
      return null;
    }
    Run run = freeRun();
    run.start(frame, clock++);
    open++;
    return run;
  }

  private Run freeRun() {
    Run oldest = runs[0];
    for (Run run : runs) {
      if (!run.isOpen()) {
        return run;
      }
      oldest = run.since() < oldest.since() ? run : oldest;
    }
    write(oldest);
    return oldest;
  }

  /** Writes everything that is still held. */
  void flush() {
    for (int i = 0; open > 0 && i < RUNS; i++) {
      if (runs[i].isOpen()) {
        write(runs[i]);
      }
    }
  }

  boolean isEmpty() {
    return open == 0;
  }

  private void write(Run run) {
    if (run.count() == 1) {
      writeVerbatim(run.frame(0), run.frameLength(0));
    } else {
      int vectors = run.assemble();
      int error = out.write(run.vectors().address(0), vectors);
      if (error == 0) {
        delivered(run.count(), run.octets());
      } else if (Refusal.isOfHeader(error)) {
        writeSeparately(run);
      } else {
        counters.drop(Refusal.ofDelivery(error), run.count());
      }
    }
    run.close();
    open--;
  }

  private void writeSeparately(Run run) {
    for (int i = 0; i < run.count(); i++) {
      writeVerbatim(run.frame(i), run.frameLength(i));
    }
  }

  private void writeAlone() {
    if (frame.isUnfinished()) {
      askToFinish();
    }
    writeVerbatim(frame.memory().address() + frame.at(), frame.length());
    Vnet.clear(vnet, 0);
  }

  private void askToFinish() {
    Wire.put8(vnet, Vnet.FLAGS, Vnet.NEEDS_CSUM);
    Vnet.put16(vnet, Vnet.CSUM_START, frame.l4());
    Vnet.put16(vnet, Vnet.CSUM_OFFSET, frame.checksumOffset());
    int header = frame.l4() + (frame.isTcp() ? frame.tcpHeaderLength() : 0);
    int segment = Ethernet.HEADER + mtu - header;
    if (frame.isTcp() && frame.length() - header > segment && segment > 0) {
      Wire.put8(vnet, Vnet.GSO_TYPE, frame.isV6() ? Vnet.GSO_TCPV6 : Vnet.GSO_TCPV4);
      Vnet.put16(vnet, Vnet.HEADER_LENGTH, header);
      Vnet.put16(vnet, Vnet.GSO_SIZE, segment);
    }
  }

  private void writeVerbatim(long address, int length) {
    verbatim.set(1, address, length);
    int error = out.write(verbatim.address(0), 2);
    if (error == 0) {
      delivered(1, length);
    } else {
      counters.drop(Refusal.ofDelivery(error), 1);
    }
  }

  private void delivered(int frames, long octets) {
    counters.add(FrameCount.IN_WRITES, 1);
    counters.add(FrameCount.IN_DELIVERED, frames);
    counters.add(FrameCount.IN_BYTES, octets);
  }
}
