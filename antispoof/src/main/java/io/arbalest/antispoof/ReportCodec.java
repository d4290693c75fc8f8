package io.arbalest.antispoof;

import io.arbalest.antispoof.Report.Layout;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Topic;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the records of the rings. Total: what no program of this version writes, but one of another
 * version may have, is empty.
 */
final class ReportCodec {
  /** What both kinds of record say. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Parts(
      long time,
      int ifindex,
      Direction direction,
      int subject,
      int length,
      long suppressed,
      byte[] bytes) {}

  private ReportCodec() {}

  static Optional<DropEvent> event(ByteBuffer record) {
    return parts(record)
        .flatMap(
            p ->
                find(DropReason.values(), reason -> reason.number() == p.subject)
                    .map(
                        reason ->
                            new DropEvent(
                                p.time,
                                p.ifindex,
                                p.direction,
                                reason,
                                p.length,
                                p.bytes,
                                p.suppressed)));
  }

  static Optional<NotedFrame> note(ByteBuffer record) {
    return parts(record)
        .flatMap(
            p ->
                find(Topic.values(), topic -> topic.number() == p.subject)
                    .map(topic -> new NotedFrame(p.time, p.ifindex, p.direction, topic, p.bytes)));
  }

  private static Optional<Parts> parts(ByteBuffer record) {
    ByteBuffer in = record.slice().order(ByteOrder.nativeOrder());
    if (in.remaining() < Layout.BYTES) {
      return Optional.empty();
    }
    int captured = in.getInt(Layout.CAPTURED);
    if (captured < 0 || captured > in.remaining() - Layout.BYTES) {
      return Optional.empty();
    }
    byte[] bytes = new byte[captured];
    in.get(Layout.BYTES, bytes);
    int number = in.getInt(Layout.DIRECTION);
    return find(Direction.values(), direction -> direction.number() == number)
        .map(
            direction ->
                new Parts(
                    in.getLong(Layout.TIME),
                    in.getInt(Layout.IFINDEX),
                    direction,
                    in.getInt(Layout.SUBJECT),
                    in.getInt(Layout.LENGTH),
                    in.getLong(Layout.SUPPRESSED),
                    bytes));
  }

  private static <T> Optional<T> find(T[] values, Predicate<T> which) {
    return Arrays.stream(values).filter(which).findFirst();
  }
}
