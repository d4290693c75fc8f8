package io.arbalest.antispoof;

import io.arbalest.antispoof.GuardMaps.Vtep;
import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.net.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The host's VTEPs in the kernel's maps. One that is there before and after a change is there all
 * the while: the span of ports is widened first and narrowed last, and what of it a program reads
 * in between, be it half old and half new, covers what is in the table. Thread-safe.
 */
final class VtepTable {
  private static final int WIDEST = 0xffff;
  private static final byte[] ONLY = new byte[Integer.BYTES];

  private final BpfMap vteps;
  private final BpfMap span;

  VtepTable(BpfObjects maps) {
    this.vteps = maps.map(GuardMaps.VTEPS.name());
    this.span = maps.map(GuardMaps.VTEP_SPAN.name());
  }

  /**
   * Makes these the VTEPs.
   *
   * @throws IllegalArgumentException if one has no address or no port
   */
  synchronized void set(Set<InetSocketAddress> wanted) {
    Set<ByteBuffer> after = wanted.stream().map(VtepTable::key).collect(Collectors.toSet());
    Set<ByteBuffer> before = keys();
    Set<ByteBuffer> either = new HashSet<>(before);
    either.addAll(after);
    writeSpan(either);
    after.stream().filter(key -> !before.contains(key)).forEach(this::add);
    before.stream()
        .filter(key -> !after.contains(key))
        .forEach(key -> vteps.delete(PolicyCodec.bytes(key)));
    writeSpan(after);
  }

  /** The VTEPs that are there. */
  synchronized Set<InetSocketAddress> list() {
    return keys().stream().map(VtepTable::vtep).collect(Collectors.toSet());
  }

  private static InetSocketAddress vtep(ByteBuffer key) {
    byte[] address = new byte[Vtep.PORT - Vtep.ADDRESS];
    key.duplicate().get(Vtep.ADDRESS, address);
    // Of a mapped address this makes the IPv4 address that it stands for.
    return new InetSocketAddress(IpLiteral.ofBytes(address), port(key));
  }

  private Set<ByteBuffer> keys() {
    return vteps.keys().stream().map(ByteBuffer::wrap).collect(Collectors.toSet());
  }

  private void add(ByteBuffer key) {
    vteps.update(PolicyCodec.bytes(key), new byte[1]);
  }

  /** The lowest and the highest port of some keys; of none it is a span that nothing is in. */
  private void writeSpan(Collection<ByteBuffer> keys) {
    int first = keys.stream().mapToInt(VtepTable::port).min().orElse(1);
    int last = keys.stream().mapToInt(VtepTable::port).max().orElse(0);
    byte[] value = natural(2 * Integer.BYTES).putInt(first).putInt(last).array();
    if (!span.lookup(ONLY)
        .map(ByteBuffer::wrap)
        .filter(ByteBuffer.wrap(value)::equals)
        .isPresent()) {
      span.update(ONLY, value);
    }
  }

  private static int port(ByteBuffer key) {
    return key.duplicate().order(ByteOrder.nativeOrder()).getInt(Vtep.PORT);
  }

  private static ByteBuffer key(InetSocketAddress vtep) {
    InetAddress address = vtep.getAddress();
    if (address == null || vtep.getPort() == 0) {
      throw new IllegalArgumentException(
          "VTEP '" + vtep + "': an address and a port from 1 to " + WIDEST + " are allowed");
    }
    ByteBuffer key = natural(Vtep.SIZE);
    if (address instanceof Inet4Address) {
      key.putShort(Vtep.ADDRESS + 10, (short) Vtep.MAPPED)
          .put(Vtep.ADDRESS + 12, address.getAddress());
    } else {
      key.put(Vtep.ADDRESS, address.getAddress());
    }
    return key.putInt(Vtep.PORT, vtep.getPort());
  }

  private static ByteBuffer natural(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }
}
