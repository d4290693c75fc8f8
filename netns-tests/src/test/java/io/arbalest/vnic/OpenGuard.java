package io.arbalest.vnic;

import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.bpf.asm.TcAction;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A guard that lets everything pass, and remembers which ports it was given. */
final class OpenGuard implements PortGuard, AutoCloseable {
  private final Map<Integer, VnicSpec> admitted = new ConcurrentHashMap<>();
  private final BpfProgram program =
      BpfProgram.load(
          new Assembler("open_guard").mov(Register.R0, TcAction.UNSPEC).exit().assemble(),
          Map.of());

  @Override
  public BpfProgram program() {
    return program;
  }

  @Override
  public BpfProgram reception() {
    return program;
  }

  @Override
  public Delivery delivery(VnicSpec vnic) {
    return Delivery.DIRECT;
  }

  @Override
  public void admit(int ifindex, VnicSpec vnic) {
    admitted.put(ifindex, vnic);
  }

  @Override
  public void forget(int ifindex) {
    admitted.remove(ifindex);
  }

  @Override
  public SortedMap<String, Long> drops(int ifindex) {
    return new TreeMap<>(Map.of("spoofed", 0L));
  }

  @Override
  public Set<Integer> ports() {
    return Set.copyOf(admitted.keySet());
  }

  @Override
  public void close() {
    program.close();
  }
}
