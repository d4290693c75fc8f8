package io.arbalest.linux.tap;

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
import java.util.Set;

/**
 * An open TAP: the descriptor behind a link.
 *
 * <p>Non-blocking. Each read gives, and each write takes, one frame with a {@code virtio_net_hdr}
 * of ten octets before it, in the machine's byte order. The link belongs to the network namespace
 * of the thread that opened it, whatever thread uses it later. It goes when the descriptor is
 * closed, unless it was made {@linkplain #setPersistent persistent}.
 */
public final class Tap implements AutoCloseable {
  private static final String DEVICE = "/dev/net/tun";

  // linux/if_tun.h
  private static final long TUNSETIFF = 0x4004_54caL;
  private static final long TUNSETPERSIST = 0x4004_54cbL;
  private static final long TUNSETOFFLOAD = 0x4004_54d0L;
  private static final int IFF_TAP = 0x0002;
  private static final int IFF_NO_PI = 0x1000;
  private static final int IFF_VNET_HDR = 0x4000;
  private static final int IFF_TUN_EXCL = 0x8000;

  // struct ifreq, linux/if.h
  private static final int IFREQ_SIZE = 40;
  private static final int IFNAMSIZ = 16;

  private final Fd fd;
  private final String name;

  private Tap(Fd fd, String name) {
    this.fd = fd;
    this.name = name;
  }

  /**
   * Makes a new link, down.
   *
   * @param name 1 to 15 bytes
   * @throws KernelException EBUSY or EEXIST if the name is taken
   */
  public static Tap create(String name) {
    return open(name, IFF_TUN_EXCL, "TUNSETIFF create " + name);
  }

  /**
   * Takes over a persistent TAP that nobody has open; its index, filters and state stay.
   *
   * <p>If there is no link of that name, one is made: look before, and know whose it is.
   *
   * @throws KernelException EBUSY if it is open elsewhere; EINVAL if it is not a TAP
   */
  public static Tap attach(String name) {
    return open(name, 0, "TUNSETIFF attach " + name);
  }

  private static Tap open(String name, int extraFlags, String call) {
    byte[] octets = name.getBytes(StandardCharsets.UTF_8);
    if (octets.length == 0 || octets.length >= IFNAMSIZ) {
      throw new IllegalArgumentException(
          "invalid TAP name '" + name + "': 1 to " + (IFNAMSIZ - 1) + " bytes are allowed");
    }
    Fd fd = Fd.open(DEVICE, OpenFlags.RDWR | OpenFlags.NONBLOCK);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(IFREQ_SIZE, Long.BYTES);
      MemorySegment.copy(octets, 0, request, ValueLayout.JAVA_BYTE, 0, octets.length);
      int flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR | extraFlags;
      request.set(ValueLayout.JAVA_SHORT, IFNAMSIZ, (short) flags);
      Failpoint.hit(call);
      check(Libc.ioctl(fd.number(), TUNSETIFF, request.address()), call);
      return new Tap(fd, name);
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /**
   * Asks the kernel to hand over as much unfinished work as it can.
   *
   * @return what it agreed to; a kernel before 6.2 leaves out the UDP super-frames
   * @throws KernelException if it agrees to nothing
   */
  public Set<TapOffload> enableOffloads() {
    Set<TapOffload> wanted = EnumSet.allOf(TapOffload.class);
    if (!offer(wanted)) {
      wanted.remove(TapOffload.USO4);
      wanted.remove(TapOffload.USO6);
      if (!offer(wanted)) {
        throw KernelException.last("TUNSETOFFLOAD " + name);
      }
    }
    return wanted;
  }

  private boolean offer(Set<TapOffload> offloads) {
    int flags = offloads.stream().mapToInt(TapOffload::flag).sum();
    Failpoint.hit("TUNSETOFFLOAD " + name);
    return Libc.ioctl(fd.number(), TUNSETOFFLOAD, flags) == 0;
  }

  /** Decides whether the link stays when this is closed, or its process dies. */
  public void setPersistent(boolean stays) {
    String call = "TUNSETPERSIST " + name;
    Failpoint.hit(call);
    check(Libc.ioctl(fd.number(), TUNSETPERSIST, stays ? 1 : 0), call);
  }

  private static void check(int result, String call) {
    if (result < 0) {
      throw new KernelException(call, Errno.of(Libc.errno()));
    }
  }

  /** The descriptor to read and write frames with; closed by {@link #close}. */
  public Fd fd() {
    return fd;
  }

  /** The name that the link had when it was opened. */
  public String name() {
    return name;
  }

  @Override
  public void close() {
    fd.close();
  }
}
