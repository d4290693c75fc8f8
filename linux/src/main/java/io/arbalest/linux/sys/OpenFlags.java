package io.arbalest.linux.sys;

/** Flags of {@code open(2)}, {@code asm-generic/fcntl.h}. */
public final class OpenFlags {
  public static final int RDONLY = 0;
  public static final int RDWR = 2;
  public static final int CREAT = 0x40;
  public static final int EXCL = 0x80;
  public static final int NONBLOCK = 0x800;
  public static final int DIRECTORY = 0x10000;
  public static final int NOFOLLOW = 0x20000;
  public static final int CLOEXEC = 0x80000;
  public static final int PATH = 0x200000;

  private OpenFlags() {}
}
