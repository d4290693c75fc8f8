package io.arbalest.linux.tap;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import io.arbalest.linux.sys.OpenFlags;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A TAP device and its descriptor, which does not block. The device goes away with the descriptor.
 *
 * <p>It belongs to the network namespace in which it is opened; the descriptor may be used by any
 * thread. It comes down and without an address; {@code Links} sets it up.
 */
public final class Tap implements AutoCloseable {
  private static final long TUNSETIFF = 0x400454caL;
  private static final long TUNSETOFFLOAD = 0x400454d0L;
  private static final int IFF_TAP = 0x0002;
  private static final int IFF_NO_PI = 0x1000;
  private static final int IFF_VNET_HDR = 0x4000;

  /** Refuse a name that exists rather than take over a device that somebody left. */
  private static final int IFF_TUN_EXCL = 0x8000;

  private static final int IFREQ_SIZE = 40;
  private static final int NAME_SIZE = 16;

  /** From best to least; what the kernel refuses (EINVAL) makes it the next one's turn. */
  private static final List<Set<Offload>> CHOICES =
      List.of(EnumSet.allOf(Offload.class), Offload.tcp(), EnumSet.of(Offload.CHECKSUM));

  private final Fd fd;
  private final String name;
  private final Set<Offload> offloads;

  private Tap(Fd fd, String name, Set<Offload> offloads) {
    this.fd = fd;
    this.name = name;
    this.offloads = offloads;
  }

  /**
   * Makes a TAP device in the calling thread's namespace, with the best offloads the kernel has.
   *
   * @param name 1 to 15 bytes; {@code %d} in it is replaced by the first free number
   * @throws KernelException EBUSY if the name is taken; ENOENT or ENODEV if the kernel has no TAP
   */
  public static Tap open(String name) {
    Fd fd = Fd.open("/dev/net/tun", OpenFlags.RDWR | OpenFlags.NONBLOCK);
    try {
      String made = create(fd, name);
      return new Tap(fd, made, chooseOffloads(fd));
    } catch (KernelException | IllegalArgumentException e) {
      fd.close();
      throw e;
    }
  }

  /** Makes a TAP device in a namespace. */
  public static Tap open(String name, NetworkNamespace namespace) {
    return namespace.call(() -> open(name));
  }

  private static String create(Fd fd, String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    if (text.length == 0 || text.length >= NAME_SIZE || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "invalid TAP name '" + name + "': 1 to 15 bytes are allowed");
    }
    Failpoint.hit("TUNSETIFF " + name);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ifreq = arena.allocate(IFREQ_SIZE, Long.BYTES);
      ifreq.asSlice(0, text.length).copyFrom(MemorySegment.ofArray(text));
      int flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR | IFF_TUN_EXCL;
      ifreq.set(ValueLayout.JAVA_SHORT, NAME_SIZE, (short) flags);
      if (Libc.ioctl(fd.number(), TUNSETIFF, ifreq.address()) != 0) {
        throw KernelException.last("TUNSETIFF " + name);
      }
      return ifreq.getString(0);
    }
  }

  private static Set<Offload> chooseOffloads(Fd fd) {
    for (Set<Offload> choice : CHOICES) {
      if (Libc.ioctl(fd.number(), TUNSETOFFLOAD, Offload.bits(choice)) == 0) {
        return choice;
      }
      if (Errno.of(Libc.errno()) != Errno.EINVAL) {
        throw KernelException.last("TUNSETOFFLOAD");
      }
    }
    return EnumSet.noneOf(Offload.class);
  }

  /** The descriptor, still owned by this object: read and write whole frames with it. */
  public Fd fd() {
    return fd;
  }

  /** The name that the kernel gave it; it may be renamed since. */
  public String name() {
    return name;
  }

  /** What frames read from it may leave unfinished. */
  public Set<Offload> offloads() {
    return Set.copyOf(offloads);
  }

  @Override
  public void close() {
    fd.close();
  }

  @Override
  public String toString() {
    return name + offloads;
  }
}
