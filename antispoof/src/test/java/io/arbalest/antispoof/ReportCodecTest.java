package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Report.Layout;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Topic;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportCodecTest {
  private static ByteBuffer record(int size) {
    return ByteBuffer.allocate(size)
        .order(ByteOrder.nativeOrder())
        .putLong(Layout.TIME, 123)
        .putInt(Layout.IFINDEX, 7)
        .putInt(Layout.DIRECTION, 1)
        .putInt(Layout.SUBJECT, 2)
        .putInt(Layout.LENGTH, 1000)
        .putLong(Layout.SUPPRESSED, 5)
        .putInt(Layout.CAPTURED, 3)
        .put(Layout.BYTES, new byte[] {1, 2, 3});
  }

  @Test
  void shouldReadAnEvent() {
    DropEvent event = ReportCodec.event(record(64)).orElseThrow();

    assertThat(event.bootNanos()).isEqualTo(123);
    assertThat(event.ifindex()).isEqualTo(7);
    assertThat(event.direction()).isEqualTo(Direction.TO_ZONE);
    assertThat(event.reason()).isEqualTo(DropReason.SOURCE_MAC_GROUP);
    assertThat(event.length()).isEqualTo(1000);
    assertThat(event.suppressed()).isEqualTo(5);
    assertThat(event.head()).containsExactly(1, 2, 3);
  }

  @Test
  void shouldReadANote() {
    NotedFrame note = ReportCodec.note(record(64)).orElseThrow();

    assertThat(note.bootNanos()).isEqualTo(123);
    assertThat(note.ifindex()).isEqualTo(7);
    assertThat(note.direction()).isEqualTo(Direction.TO_ZONE);
    assertThat(note.topic()).isEqualTo(Topic.ND);
    assertThat(note.bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void shouldFindNothingInWhatNoProgramOfOursWrites() {
    assertThat(ReportCodec.event(record(64).putInt(Layout.SUBJECT, 9999))).isEmpty();
    assertThat(ReportCodec.note(record(64).putInt(Layout.SUBJECT, 9999))).isEmpty();
    assertThat(ReportCodec.event(record(64).putInt(Layout.DIRECTION, 2))).isEmpty();
    assertThat(ReportCodec.event(record(64).putInt(Layout.CAPTURED, 25))).isEmpty();
    assertThat(ReportCodec.event(record(64).putInt(Layout.CAPTURED, -1))).isEmpty();
    for (int size = 0; size < Layout.BYTES; size++) {
      assertThat(ReportCodec.event(ByteBuffer.allocate(size))).isEmpty();
      assertThat(ReportCodec.note(ByteBuffer.allocate(size))).isEmpty();
    }
  }

  @Test
  void shouldReadAnyBytesWithoutFailing() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      ByteBuffer bytes = ByteBuffer.allocate(random.nextInt(100));
      for (int at = 0; at < bytes.limit(); at++) {
        bytes.put(at, (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0));
      }
      ReportCodec.event(bytes).ifPresent(event -> assertThat(event.head()).isNotNull());
      ReportCodec.note(bytes).ifPresent(note -> assertThat(note.bytes()).isNotNull());
    }
  }
}
