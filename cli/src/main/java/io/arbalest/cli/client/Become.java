package io.arbalest.cli.client;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * Replaces this process by another command: same process id, same terminal, same open standard
 * streams, nothing in between that would have to forward signals and sizes.
 */
final class Become {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final int SIG_SETMASK = 2;
  private static final long SIGSET_SIZE = 128;
  private static final int FIRST_OWN_FD = 3;
  private static final int CLOSE_RANGE_CLOEXEC = 4;

  private final Linker linker = Linker.nativeLinker();
  private final StructLayout errnoState = Linker.Option.captureStateLayout();
  private final VarHandle errno =
      errnoState.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /** Looks the C functions up, so that the JVM's archive of this class holds their handles. */
  static void rehearse() {
    Become become = new Become();
    become.execvp();
    become.handle("strerror", FunctionDescriptor.of(ValueLayout.ADDRESS, INT));
    try (Arena arena = Arena.ofConfined()) {
      become.clearSignalMask(arena);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs the command in place of this process. Returns only by exception.
   *
   * <p>The JVM blocks signals in its threads and the mask would be inherited, so it is emptied
   * first. Descriptors of the JVM are marked close-on-exec rather than closed: if the command
   * cannot be started this process still needs them.
   *
   * @param argv the command, found on PATH, and its arguments
   * @throws ClientException if the command could not be started
   */
  void run(List<String> argv) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment words = arena.allocate(ValueLayout.ADDRESS, argv.size() + 1L);
      for (int i = 0; i < argv.size(); i++) {
        words.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(argv.get(i)));
      }
      clearSignalMask(arena);
      closeOwnDescriptorsOnExec();
      MemorySegment state = arena.allocate(errnoState);
      int ignored = (int) execvp().invokeExact(state, words.get(ValueLayout.ADDRESS, 0), words);
      throw new ClientException(argv.get(0) + ": " + strerror((int) errno.get(state, 0L)));
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new ClientException(argv.get(0) + ": " + e);
    }
  }

  private MethodHandle execvp() {
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("execvp"),
        FunctionDescriptor.of(INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
        Linker.Option.captureCallState("errno"));
  }

  private void clearSignalMask(Arena arena) throws Throwable {
    MethodHandle setMask =
        handle(
            "pthread_sigmask",
            FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    MemorySegment none = arena.allocate(SIGSET_SIZE);
    int ignored = (int) setMask.invokeExact(SIG_SETMASK, none, MemorySegment.NULL);
  }

  private void closeOwnDescriptorsOnExec() throws Throwable {
    MethodHandle closeRange = handle("close_range", FunctionDescriptor.of(INT, INT, INT, INT));
    int ignored = (int) closeRange.invokeExact(FIRST_OWN_FD, -1, CLOSE_RANGE_CLOEXEC);
  }

  private String strerror(int number) throws Throwable {
    MethodHandle text = handle("strerror", FunctionDescriptor.of(ValueLayout.ADDRESS, INT));
    MemorySegment words = (MemorySegment) text.invokeExact(number);
    return words.reinterpret(256).getString(0);
  }

  private MethodHandle handle(String function, FunctionDescriptor descriptor) {
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(function), descriptor);
  }
}
