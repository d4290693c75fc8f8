package io.arbalest.antispoof;

import io.arbalest.antispoof.GuardMaps.Client;
import io.arbalest.antispoof.GuardMaps.Policy;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.net.IpPrefix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Policies as bytes in the maps of {@link GuardMaps}. */
final class PolicyCodec {
  /** The maps whose keys carry the id of a policy. */
  static final List<MapSpec> SETS =
      List.of(GuardMaps.PREFIX4, GuardMaps.PREFIX6, GuardMaps.MACS, GuardMaps.CLIENTS);

  /** A key in one of them. */
  record Entry(MapSpec map, ByteBuffer key) {
    int id() {
      boolean trie = map.equals(GuardMaps.PREFIX4) || map.equals(GuardMaps.PREFIX6);
      return natural(key).getInt(trie ? MapSpec.LPM_LENGTH_BYTES : 0);
    }
  }

  private PolicyCodec() {}

  /** The entries of a policy in those maps, and their values. */
  static Map<Entry, ByteBuffer> entries(int id, PolicyContents contents) {
    Map<Entry, ByteBuffer> entries = new HashMap<>();
    contents
        .prefixes()
        .forEach((prefix, rights) -> entries.put(prefix(id, prefix), rights.encode()));
    contents.macs().forEach(mac -> entries.put(mac(id, mac), nothing()));
    contents.clients().forEach(client -> entries.put(client(id, client), nothing()));
    return entries;
  }

  static Entry prefix(int id, IpPrefix prefix) {
    return prefix(id, prefix, prefix.length());
  }

  /** The key that asks for the longest prefix of at most so many bits around an address. */
  static Entry prefix(int id, IpPrefix prefix, int length) {
    MapSpec map = prefix.isIpv4() ? GuardMaps.PREFIX4 : GuardMaps.PREFIX6;
    ByteBuffer key = allocate(map.keySize());
    key.putInt(Integer.SIZE + length).putInt(id).put(prefix.address().getAddress());
    return new Entry(map, key.flip());
  }

  private static Entry mac(int id, long mac) {
    ByteBuffer key = allocate(GuardMaps.MACS.keySize()).putInt(id).putInt(0).putLong(mac);
    return new Entry(GuardMaps.MACS, key.flip());
  }

  private static Entry client(int id, ByteBuffer identifier) {
    ByteBuffer key = allocate(Client.SIZE);
    key.putInt(Client.ID, id).putInt(Client.LENGTH, identifier.remaining());
    key.put(Client.BYTES, identifier, identifier.position(), identifier.remaining());
    return new Entry(GuardMaps.CLIENTS, key);
  }

  private static ByteBuffer nothing() {
    return ByteBuffer.allocate(1);
  }

  /** The value of {@link GuardMaps#POLICY}. */
  static byte[] policy(int id, PolicyContents contents) {
    return allocate(Policy.SIZE)
        .putInt(Policy.ID, id)
        .putInt(Policy.FLAGS, contents.flags())
        .putLong(Policy.MAC, contents.mac())
        .array();
  }

  /** The id in such a value. */
  static int id(byte[] policy) {
    return natural(ByteBuffer.wrap(policy)).getInt(Policy.ID);
  }

  /** The key of a port. */
  static byte[] port(int ifindex) {
    return allocate(Integer.BYTES).putInt(ifindex).array();
  }

  static int port(byte[] key) {
    return natural(ByteBuffer.wrap(key)).getInt();
  }

  /** The bytes as the calls of a map want them. */
  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }

  private static ByteBuffer natural(ByteBuffer bytes) {
    return bytes.duplicate().order(ByteOrder.nativeOrder());
  }
}
