package io.arbalest.zone.daemon;

import io.arbalest.zone.HostSpec;
import java.util.concurrent.CompletionStage;

/**
 * What the control socket asks of the daemon. Called on the event loop, so nothing here may block;
 * the answer is given later, from whichever thread did the work.
 */
interface Requests {
  /** Runs a command and ends the stream with its exit status. */
  void run(Invocation invocation, ReplyStream reply);

  /** Converges to a spec and ends the stream with 0 or 1. */
  void converge(HostSpec desired, ReplyStream reply);

  /** Renders a page. */
  CompletionStage<String> page(Page page);

  /** What can be read from the daemon. */
  enum Page {
    HEALTH("/v1/health"),
    STATE("/v1/state"),
    DESIRED("/v1/desired");

    private final String path;

    Page(String path) {
      this.path = path;
    }

    String path() {
      return path;
    }
  }
}
