package io.arbalest.overlay.path;

import io.arbalest.linux.net.InternetChecksum;
import io.arbalest.overlay.VxlanCodec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Cuts a super-frame from a TAP into frames of the size its offload header asks for, as the
 * kernel's own segmentation would: lengths, IPv4 IDs, TCP sequence numbers and flags, checksums.
 *
 * <p>The header of every frame is the super-frame's with a few fields changed, so its sums are made
 * once. The checksum field of a super-frame holds the pseudo header's sum with the super-frame's
 * length; exchanging that length is all the pseudo header needs, extension headers or not. Payloads
 * are summed where they lie and never moved. One super-frame at a time; resumable between batches.
 */
final class Segmenter {
  /** More segments than any sane MSS makes of 64 KiB. */
  private static final int MAX_SEGMENTS = 2048;

  private static final int MAX_HEADER = Batch.HEADER_STRIDE - VxlanCodec.LENGTH;
  private static final int FROM_VXLAN = VxlanCodec.LENGTH;

  private final MemorySegment template;

  private MemorySegment memory = MemorySegment.NULL;
  private long payloadAt;
  private int payload;
  private int segmentSize;
  private int headerLength;
  private int l3;
  private int l4;
  private boolean v6;
  private boolean tcp;
  private int firstId;
  private int sequence;
  private int flags;
  private long ipSum;
  private long l4Sum;
  private int done;
  private int index;

  Segmenter(Arena arena) {
    template = arena.allocate(Batch.HEADER_STRIDE, Long.BYTES);
  }

  /**
   * Takes a super-frame.
   *
   * @param at offset of the Ethernet header; the vnet header lies right before it
   * @param length octets from the Ethernet header on
   * @return the number of frames it makes, or 0 if the headers contradict each other
   */
  int begin(MemorySegment from, long at, int length) {
    memory = from;
    done = 0;
    index = 0;
    payload = 0;
    if (!locate(at, length)) {
      return 0;
    }
    payloadAt = at + headerLength;
    payload = length - headerLength;
    int segments = Math.ceilDiv(payload, segmentSize);
    if (segments > MAX_SEGMENTS || datagramSize() > UdpOptions.MAX_PAYLOAD) {
      payload = 0;
      return 0;
    }
    prepare(at, length);
    return segments;
  }

  private boolean locate(long at, int length) {
    long vnet = at - Vnet.HEADER;
    int type = Wire.u8(memory, vnet + Vnet.GSO_TYPE) & ~Vnet.GSO_ECN;
    segmentSize = Vnet.u16(memory, vnet + Vnet.GSO_SIZE);
    l4 = Vnet.u16(memory, vnet + Vnet.CSUM_START);
    tcp = type != Vnet.GSO_UDP_L4;
    boolean summed = (Wire.u8(memory, vnet + Vnet.FLAGS) & Vnet.NEEDS_CSUM) != 0;
    int place = TransportPlace.find(memory, at, length);
    int protocol = tcp ? Ip.PROTOCOL_TCP : Ip.PROTOCOL_UDP;
    boolean placed =
        place != TransportPlace.NONE
            && TransportPlace.offset(place) == l4
            && TransportPlace.protocol(place) == protocol;
    if (!summed || segmentSize == 0 || !placed) {
      return false;
    }
    return locateNetwork(at, type) && locateTransport(at, length);
  }

  private boolean locateNetwork(long at, int type) {
    int ethertype = Wire.u16(memory, at + Ethernet.TYPE);
    l3 = Ethernet.HEADER;
    if (ethertype == Ethernet.TYPE_VLAN) {
      ethertype = Wire.u16(memory, at + Ethernet.TYPE + Ethernet.VLAN_TAG);
      l3 += Ethernet.VLAN_TAG;
    }
    v6 = ethertype == Ethernet.TYPE_IPV6;
    return type != (v6 ? Vnet.GSO_TCPV4 : Vnet.GSO_TCPV6);
  }

  private boolean locateTransport(long at, int length) {
    int shortest = tcp ? Tcp.HEADER : Udp.HEADER;
    if (l4 + shortest > length) {
      return false;
    }
    int header = tcp ? Tcp.headerLength(Wire.u8(memory, at + l4 + Tcp.DATA_OFFSET)) : shortest;
    headerLength = l4 + header;
    return header >= shortest && headerLength <= length && headerLength <= MAX_HEADER;
  }

  private void prepare(long at, int length) {
    MemorySegment.copy(memory, at, template, FROM_VXLAN, headerLength);
    int ip = FROM_VXLAN + l3;
    int transport = FROM_VXLAN + l4;
    if (!v6) {
      firstId = Wire.u16(template, ip + Ip.V4_ID);
      Wire.put16(template, ip + Ip.V4_TOTAL_LENGTH, 0);
      Wire.put16(template, ip + Ip.V4_ID, 0);
      Wire.put16(template, ip + Ip.V4_CHECKSUM, 0);
      ipSum = InternetChecksum.sum(template, ip, l4 - l3);
    }
    int field = transport + (tcp ? Tcp.CHECKSUM : Udp.CHECKSUM);
    // One's complement: adding the complement takes the whole length out of the pseudo header.
    long pseudo = (long) Wire.u16(template, field) + (~(length - l4) & 0xffff);
    Wire.put16(template, field, 0);
    if (tcp) {
      sequence = Wire.i32(template, transport + Tcp.SEQUENCE);
      flags = Wire.u8(template, transport + Tcp.FLAGS);
      Wire.put32(template, transport + Tcp.SEQUENCE, 0);
      Wire.put8(template, transport + Tcp.FLAGS, 0);
    } else {
      Wire.put16(template, transport + Udp.LENGTH, 0);
    }
    l4Sum = pseudo + InternetChecksum.sum(template, transport, headerLength - l4);
  }

  /** Whether segments are left. */
  boolean hasMore() {
    return done < payload;
  }

  /** Octets of the longest datagram of this super-frame, VXLAN header included. */
  int datagramSize() {
    return FROM_VXLAN + headerLength + Math.min(segmentSize, payload);
  }

  /** Puts as many segments into an empty batch as one send may have. */
  void fill(Batch batch, Peer peer, int vni) {
    int size = datagramSize();
    batch.begin(peer, size);
    VxlanCodec.encode(template, 0, vni);
    while (hasMore() && batch.hasRoom(size)) {
      int length = Math.min(segmentSize, payload - done);
      stamp(batch.headers(), batch.nextHeader(), length);
      batch.add(FROM_VXLAN + headerLength, memory.address() + payloadAt + done, length);
      done += length;
      index++;
    }
  }

  private void stamp(MemorySegment out, long at, int length) {
    MemorySegment.copy(template, 0, out, at, FROM_VXLAN + headerLength);
    long ip = at + FROM_VXLAN + l3;
    if (v6) {
      Wire.put16(out, ip + Ip.V6_PAYLOAD_LENGTH, headerLength - l3 - Ip.V6_HEADER + length);
    } else {
      int total = headerLength - l3 + length;
      int id = (firstId + index) & 0xffff;
      Wire.put16(out, ip + Ip.V4_TOTAL_LENGTH, total);
      Wire.put16(out, ip + Ip.V4_ID, id);
      Wire.put16(out, ip + Ip.V4_CHECKSUM, InternetChecksum.finish(ipSum + total + id));
    }
    long sum = l4Sum + (headerLength - l4 + length);
    sum += InternetChecksum.sum(memory, payloadAt + done, length);
    long transport = at + FROM_VXLAN + l4;
    if (tcp) {
      stampTcp(out, transport, length, sum);
    } else {
      stampUdp(out, transport, length, sum);
    }
  }

  private void stampTcp(MemorySegment out, long at, int length, long sum) {
    int mine = flags;
    if (done + length < payload) {
      mine &= ~(Tcp.FIN | Tcp.PSH);
    }
    if (index > 0) {
      mine &= ~Tcp.CWR;
    }
    int number = sequence + done;
    Wire.put32(out, at + Tcp.SEQUENCE, number);
    Wire.put8(out, at + Tcp.FLAGS, mine);
    long whole = sum + (number >>> 16) + (number & 0xffff) + mine;
    Wire.put16(out, at + Tcp.CHECKSUM, InternetChecksum.finish(whole));
  }

  private void stampUdp(MemorySegment out, long at, int length, long sum) {
    int whole = Udp.HEADER + length;
    Wire.put16(out, at + Udp.LENGTH, whole);
    int checksum = InternetChecksum.finish(sum + whole);
    // Zero would mean "no checksum", RFC 768.
    Wire.put16(out, at + Udp.CHECKSUM, checksum == 0 ? 0xffff : checksum);
  }
}
