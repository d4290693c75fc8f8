package io.arbalest.testing;

import static java.util.Objects.requireNonNull;

import io.arbalest.linux.sys.Fd;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.SocketException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Takes a census before each test, and demands the same one after it. */
final class CensusExtension implements BeforeEachCallback, AfterEachCallback {
  private static final Namespace STORE = Namespace.create(CensusExtension.class);

  static {
    // The JDK keeps a socket of its own from the first time that one is closed.
    try {
      new DatagramSocket().close();
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(STORE).put(Census.class, Census.take());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Census before = requireNonNull(context.getStore(STORE).get(Census.class, Census.class));
    try {
      Census.awaitSame(before);
    } catch (AssertionError difference) {
      Fd.leaks().forEach(difference::addSuppressed);
      throw difference;
    }
  }
}
