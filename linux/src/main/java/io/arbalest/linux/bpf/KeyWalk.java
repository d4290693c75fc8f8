package io.arbalest.linux.bpf;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A walk over the keys of a map that others change meanwhile. When the key that the walk stands on
 * is deleted, the kernel starts again from the first; what was seen already is then passed over.
 */
final class KeyWalk {
  /** A walk that is thrown back to the start more often than this per key has no end in sight. */
  private static final int STEPS_PER_KEY = 16;

  private static final int FIRST_STEPS = 1024;

  private KeyWalk() {}

  /**
   * Walks to the end.
   *
   * @param call names the walk in an error
   * @param next the key after a key, the first one after none; empty after the last
   * @throws KernelException EAGAIN if the end does not come
   */
  static List<byte[]> keys(String call, Function<Optional<byte[]>, Optional<byte[]>> next) {
    Set<ByteBuffer> seen = new LinkedHashSet<>();
    Optional<byte[]> key = next.apply(Optional.empty());
    for (long step = 1; key.isPresent(); step++) {
      seen.add(ByteBuffer.wrap(key.get()));
      if (step > FIRST_STEPS + (long) STEPS_PER_KEY * seen.size()) {
        throw new KernelException(
            call, Errno.EAGAIN, "keys are deleted faster than they can be read");
      }
      key = next.apply(key);
    }
    return seen.stream().map(ByteBuffer::array).toList();
  }
}
