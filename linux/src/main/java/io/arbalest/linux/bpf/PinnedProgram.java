package io.arbalest.linux.bpf;

import io.arbalest.linux.bpf.asm.Bytecode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A program that is pinned under its name, whoever loaded it.
 *
 * <p>A daemon that starts anew wants the program that its predecessor pinned, if it is still the
 * right one: filters hold it, and having the verifier look at a large one again takes a good part
 * of a second.
 *
 * @param program open, the caller's to close
 * @param replaced whether another program was pinned under the name before
 */
public record PinnedProgram(BpfProgram program, boolean replaced) {
  /**
   * The pinned program if it is the code over the given maps; else that, loaded and pinned in its
   * place.
   *
   * @throws io.arbalest.linux.sys.KernelException if the kernel refuses the program; see {@link
   *     BpfProgram#load}
   */
  public static PinnedProgram of(Bpffs pins, BpfObjects maps, Bytecode code) {
    Optional<BpfProgram> old =
        pins.contains(code.name()) ? Optional.of(pins.program(code.name())) : Optional.empty();
    try {
      if (old.isPresent() && isKnown(old.get().info(), maps, code)) {
        return new PinnedProgram(old.get(), false);
      }
      return loaded(pins, old, maps.load(code));
    } catch (RuntimeException e) {
      old.ifPresent(BpfProgram::close);
      throw e;
    }
  }

  /** Whether a program is the code, as far as that can be told without loading it. */
  private static boolean isKnown(ProgramInfo program, BpfObjects maps, Bytecode code) {
    Set<Integer> used =
        code.maps().stream().map(name -> maps.map(name).info().id()).collect(Collectors.toSet());
    return ProgramTag.of(code).contains(program.tag()) && Set.copyOf(program.mapIds()).equals(used);
  }

  /** A kernel that makes its tags otherwise still makes the same one for the same program. */
  private static PinnedProgram loaded(Bpffs pins, Optional<BpfProgram> old, BpfProgram fresh) {
    try {
      if (old.isPresent() && isSame(old.get().info(), fresh.info())) {
        fresh.close();
        return new PinnedProgram(old.get(), false);
      }
      pins.pin(fresh);
    } catch (RuntimeException e) {
      fresh.close();
      throw e;
    }
    old.ifPresent(BpfProgram::close);
    return new PinnedProgram(fresh, old.isPresent());
  }

  /** The tag leaves the maps out: an old program may use maps that are pinned no more. */
  private static boolean isSame(ProgramInfo one, ProgramInfo other) {
    return one.tag().equals(other.tag())
        && Set.copyOf(one.mapIds()).equals(Set.copyOf(other.mapIds()));
  }
}
