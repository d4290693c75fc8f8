package io.arbalest.testing;

import io.arbalest.linux.netns.UidRange;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.rtnetlink.VethPair;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Zones and wires for a JUnit test, gone after it even if it failed.
 *
 * <pre>{@code
 * @Privileged
 * class MyProtocolTest {
 *   @RegisterExtension final Zones zones = new Zones();
 *
 *   @Test
 *   void shouldTalk() throws Exception {
 *     TestZone client = zones.zone("client");
 *     TestZone server = zones.zone("server");
 *     zones.wire(client.end("eth0", "10.0.0.1/24"), server.end("eth0", "10.0.0.2/24"));
 *     ServerSocket listener = server.call(() -> new ServerSocket(80));
 *     Socket socket = client.call(() -> new Socket("10.0.0.2", 80));
 *   }
 * }
 * }</pre>
 *
 * <p>Both zones may use port 80 and any address: each has a stack of its own. Not for use by
 * several threads.
 */
public final class Zones implements AfterEachCallback {
  /** Ranges far above those of real zones. */
  private static final long FIRST_ID = 0x7000_0000L;

  private static final int IDS = 1 << 16;

  private final Map<String, TestZone> zones = new LinkedHashMap<>();

  /** The zone of that name, made on first use. */
  public TestZone zone(String name) {
    return zones.computeIfAbsent(name, n -> TestZone.create(n, nextIds()));
  }

  /** Joins two zones by a veth cable, with both ends up. */
  public void wire(WireEnd one, WireEnd other) {
    try (Rtnetlink kernel = Rtnetlink.open()) {
      kernel.links().createVeth(new VethPair(one.toLink(), other.toLink()));
    }
    one.raise();
    other.raise();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    zones.values().forEach(TestZone::close);
    zones.clear();
  }

  private UidRange nextIds() {
    return new UidRange(FIRST_ID + (long) IDS * zones.size(), IDS);
  }
}
