package io.arbalest.linux.sys;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The C library, by JNA direct mapping.
 *
 * <p>Addresses are {@code long}. Variadic functions ({@code open}, {@code ioctl}, {@code syscall})
 * are declared with fixed integer signatures, which the x86-64 calling convention permits as long
 * as no floating-point argument is passed. Every function returns what C returns; the error number
 * of a failed call is read with {@link #errno()} on the same thread, before any other call. None of
 * these throws, so that a failure which is normal (EAGAIN) costs nothing.
 */
public final class Libc {
  static {
    Native.register(Libc.class, "c");
  }

  private Libc() {}

  /** The error number of this thread's last failed call. */
  public static int errno() {
    return Native.getLastError();
  }

  public static native int open(String path, int flags, int mode);

  public static native int close(int fd);

  public static native int fcntl(int fd, int command, long argument);

  public static native int dup3(int oldFd, int newFd, int flags);

  public static native int ioctl(int fd, long request, long argument);

  public static native long read(int fd, long buffer, long length);

  public static native long write(int fd, long buffer, long length);

  public static native long writev(int fd, long iovecs, int count);

  public static native int socket(int domain, int type, int protocol);

  public static native int bind(int fd, long address, int length);

  public static native int connect(int fd, long address, int length);

  public static native int getsockname(int fd, long address, long lengthAddress);

  public static native int setsockopt(int fd, int level, int option, long value, int length);

  public static native int getsockopt(
      int fd, int level, int option, long value, long lengthAddress);

  public static native long sendto(
      int fd, long buffer, long length, int flags, long address, int addressLength);

  public static native long recv(int fd, long buffer, long length, int flags);

  public static native long sendmsg(int fd, long msghdr, int flags);

  public static native long recvmsg(int fd, long msghdr, int flags);

  public static native int recvmmsg(int fd, long mmsghdrs, int count, int flags, long timeout);

  public static native int poll(long pollFds, long count, int timeoutMillis);

  public static native int setns(int fd, int nsType);

  public static native int unshare(int flags);

  public static native int mount(
      String source, String target, String type, long flags, String data);

  public static native int umount2(String target, int flags);

  public static native int kill(int pid, int signal);

  public static native int setsid();

  public static native int waitpid(int pid, long status, int options);

  public static native int clone(long function, long stackTop, int flags, long argument);

  public static native long mmap(
      long address, long length, int protection, int flags, int fd, long offset);

  public static native int munmap(long address, long length);

  public static native long syscall(long number, long a, long b, long c);

  public static native int sched_yield();

  public static native int clock_gettime(int clock, long timespec);

  public static native int eventfd(int initial, int flags);

  public static native int fstatfs(int fd, long buffer);

  public static native int flock(int fd, int operation);

  public static native int pthread_sigmask(int how, long set, long oldSet);

  public static native long ptrace(int request, int pid, long address, long data);

  /** The address of a function of the C library, for calls that take one. */
  public static long addressOf(String function) {
    return Pointer.nativeValue(NativeLibrary.getInstance("c").getFunction(function));
  }
}
