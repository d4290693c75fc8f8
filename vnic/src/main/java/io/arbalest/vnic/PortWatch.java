package io.arbalest.vnic;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Change;
import io.arbalest.linux.rtnetlink.ChangeEvents;
import io.arbalest.linux.rtnetlink.ChangeListener;
import io.arbalest.linux.sys.KernelException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Watches over the ports of a switchboard: repairs at once what somebody from outside does to one,
 * and reports it. It has a thread of its own, which sleeps until the kernel tells of a change.
 */
public final class PortWatch implements AutoCloseable {
  private final ChangeEvents events;

  private PortWatch(ChangeEvents events) {
    this.events = events;
  }

  /**
   * Starts to watch; looks at every port first.
   *
   * @param listener told of everything found, by the watch's own thread; a report that a port is
   *     {@link PortReport.Outcome#LOST} asks for its VNIC to be made again, by another thread
   */
  static PortWatch start(Switchboard board, NetworkNamespace home, Consumer<PortReport> listener) {
    return new PortWatch(home.call(() -> ChangeEvents.subscribe(new Ears(board, listener))));
  }

  private record Ears(Switchboard board, Consumer<PortReport> listener) implements ChangeListener {
    @Override
    public void onChanges(List<Change> changes) {
      tell(() -> board.inspect(changes));
    }

    @Override
    public void onUnknown() {
      tell(board::inspect);
    }

    /** What cannot be looked at now is looked at with the next event or the next full look. */
    private void tell(Supplier<List<PortReport>> look) {
      try {
        look.get().forEach(listener);
      } catch (KernelException e) {
        listener.accept(broken("ports could not be looked at: " + e.getMessage()));
      }
    }

    @Override
    public void onFailure(RuntimeException failure) {
      listener.accept(broken("the watch over ports has ended: " + failure.getMessage()));
    }

    private static PortReport broken(String text) {
      return new PortReport(Optional.empty(), PortReport.Outcome.BROKEN, text);
    }
  }

  /** Ends the watch; the ports stay. When it returns, the listener is not called any more. */
  @Override
  public void close() {
    events.close();
  }
}
