package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.overlay.Vtep;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForwardingTableTest {
  private static final Vtep HERE = vtep("192.0.2.1", 4789);
  private static final Vtep THERE = vtep("192.0.2.2", 4789);
  private static final Vtep SIX = vtep("2001:db8::3", 4789);

  @Test
  void shouldPlaceAddressesAndAnswerLocalOnesApart() {
    ForwardingTable table =
        ForwardingTable.at(HERE).vtep(HERE).place(1, HERE).place(2, THERE).place(3, SIX).build();
    assertThat(table.vteps()).containsExactly(THERE, SIX);
    assertThat(table.target(1)).isEqualTo(ForwardingTable.LOCAL);
    assertThat(table.target(2)).isEqualTo(0);
    assertThat(table.target(3)).isEqualTo(1);
    assertThat(table.target(4)).isEqualTo(ForwardingTable.NOWHERE);
  }

  @Test
  void shouldKnowItsSendersByAddressAlone() {
    ForwardingTable table =
        ForwardingTable.at(HERE).vtep(THERE).vtep(vtep("192.0.2.2", 4790)).vtep(SIX).build();
    assertThat(host(table, "192.0.2.2")).isEqualTo(0);
    assertThat(host(table, "2001:db8::3")).isEqualTo(1);
    assertThat(host(table, "192.0.2.1")).isEqualTo(ForwardingTable.NOWHERE);
    assertThat(host(table, "2001:db8::4")).isEqualTo(ForwardingTable.NOWHERE);
  }

  @Test
  void shouldRefuseAnInnerSourceThatIsPlacedElsewhere() {
    ForwardingTable table =
        ForwardingTable.at(HERE).place(1, HERE).place(2, THERE).place(3, SIX).build();
    int there = host(table, "192.0.2.2");
    assertThat(table.mayCome(2, there)).isTrue();
    assertThat(table.mayCome(3, there)).isFalse();
    assertThat(table.mayCome(1, there)).isFalse();
    assertThat(table.mayCome(9, there)).as("placed nowhere").isTrue();
  }

  @Test
  void shouldSendTheRestToOneVtepWhenToldTo() {
    ForwardingTable table = ForwardingTable.at(HERE).everythingElseAt(THERE).build();
    assertThat(table.target(77)).isEqualTo(0);
    assertThat(table.vteps()).containsExactly(THERE);
  }

  @Test
  void shouldAgreeWithAPlainMap() {
    Random random = new Random(42);
    Map<Long, Integer> model = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      model.put(random.nextLong() & (i % 2 == 0 ? 0xffL << 40 | 0xfff : -1L), i);
    }
    LongTable table = new LongTable(model);
    model.forEach((k, v) -> assertThat(table.get(k, -1)).isEqualTo(v));
    for (int i = 0; i < 5000; i++) {
      long key = random.nextLong();
      assertThat(table.get(key, -1)).isEqualTo(model.getOrDefault(key, -1));
    }
  }

  private static int host(ForwardingTable table, String ip) {
    OuterAddress address = OuterAddress.of(ip(ip));
    return table.host(address.high(), address.low());
  }

  private static Vtep vtep(String ip, int port) {
    return Vtep.of(ip(ip), port);
  }

  private static InetAddress ip(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
