package io.arbalest.linux.bpf;

/** Whether an update may make an entry, replace one, or both. */
public enum UpdateMode {
  ANY(0),
  /** Fails with EEXIST if the key is there. */
  CREATE(1),
  /** Fails with ENOENT if the key is not there. */
  REPLACE(2);

  private final int flags;

  UpdateMode(int flags) {
    this.flags = flags;
  }

  int flags() {
    return flags;
  }
}
