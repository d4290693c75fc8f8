package io.arbalest.linux.bpf;

/**
 * A map to be made.
 *
 * @param name unique among the maps of one program; 1 to 15 letters, digits, '_' and '.'
 * @param keySize bytes; 0 for a ring buffer
 * @param valueSize bytes, on each CPU if there is one for each; 0 for a ring buffer
 * @param maxEntries at least 1; for a ring buffer its bytes, a power of two and whole pages
 */
public record MapSpec(String name, MapKind kind, int keySize, int valueSize, int maxEntries) {
  private static final int PAGE = 4096;

  /** Bytes before the address bits in the key of an LPM trie. */
  public static final int LPM_LENGTH_BYTES = 4;

  /**
   * Checks the spec.
   *
   * @throws IllegalArgumentException naming what the kernel would refuse
   */
  public MapSpec {
    BpfName.check("map", name);
    if (kind == MapKind.RINGBUF) {
      boolean pages = maxEntries >= PAGE && Integer.bitCount(maxEntries) == 1;
      require(pages, name, "a ring buffer is a power of two of at least " + PAGE + " bytes");
      require(keySize == 0 && valueSize == 0, name, "a ring buffer has no key and no value");
    } else {
      require(keySize > 0 && valueSize > 0, name, "key and value have at least 1 byte");
      require(maxEntries > 0, name, "it has at least 1 entry");
    }
    boolean array = kind == MapKind.ARRAY || kind == MapKind.PERCPU_ARRAY;
    require(!array || keySize == Integer.BYTES, name, "the key of an array has 4 bytes");
    boolean trie = kind == MapKind.LPM_TRIE;
    require(
        !trie || keySize > LPM_LENGTH_BYTES, name, "the key of a trie has 4 bytes and then bits");
  }

  private static void require(boolean condition, String name, String rule) {
    if (!condition) {
      throw new IllegalArgumentException("map " + name + ": " + rule);
    }
  }

  /** A queue of so many bytes to user space. */
  public static MapSpec ringBuffer(String name, int bytes) {
    return new MapSpec(name, MapKind.RINGBUF, 0, 0, bytes);
  }
}
