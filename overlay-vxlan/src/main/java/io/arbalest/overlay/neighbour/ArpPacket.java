package io.arbalest.overlay.neighbour;

import java.lang.foreign.MemorySegment;

/** ARP for IPv4 over Ethernet, RFC 826; offsets count from the start of the Ethernet frame. */
final class ArpPacket {
  /** Octets of a frame that carries one; the wire's padding to 60 is the NIC's business. */
  static final int FRAME_LENGTH = Ethernet.HEADER_LENGTH + 28;

  private static final int HARDWARE_TYPE = 14;
  private static final int PROTOCOL_TYPE = 16;
  private static final int LENGTHS = 18;
  private static final int OPERATION = 20;
  private static final int SENDER_MAC = 22;
  private static final int SENDER_IP = 28;
  private static final int TARGET_MAC = 32;
  private static final int TARGET_IP = 38;

  private static final int ETHERNET = 1;

  /** Hardware addresses of 6 octets, protocol addresses of 4. */
  private static final int LENGTHS_6_4 = 0x0604;

  private static final int REQUEST = 1;
  private static final int REPLY = 2;

  private ArpPacket() {}

  /** Complete, for IPv4 over Ethernet, and sent by the station that the frame comes from. */
  static boolean isWellFormed(MemorySegment frame) {
    return frame.byteSize() >= FRAME_LENGTH
        && Octets.u16(frame, HARDWARE_TYPE) == ETHERNET
        && Octets.u16(frame, PROTOCOL_TYPE) == Ethernet.TYPE_IPV4
        && Octets.u16(frame, LENGTHS) == LENGTHS_6_4
        && Octets.mac(frame, SENDER_MAC) == Octets.mac(frame, Ethernet.SOURCE);
  }

  static boolean isRequest(MemorySegment frame) {
    return Octets.u16(frame, OPERATION) == REQUEST;
  }

  static int senderIp(MemorySegment frame) {
    return Octets.u32(frame, SENDER_IP);
  }

  static int targetIp(MemorySegment frame) {
    return Octets.u32(frame, TARGET_IP);
  }

  /** Writes the answer to a request: the target address is at {@code owner}. */
  static void writeReply(MemorySegment request, long owner, MemorySegment reply) {
    long asker = Octets.mac(request, Ethernet.SOURCE);
    Octets.putMac(reply, Ethernet.DESTINATION, asker);
    Octets.putMac(reply, Ethernet.SOURCE, owner);
    Octets.putU16(reply, Ethernet.TYPE, Ethernet.TYPE_ARP);
    Octets.putU16(reply, HARDWARE_TYPE, ETHERNET);
    Octets.putU16(reply, PROTOCOL_TYPE, Ethernet.TYPE_IPV4);
    Octets.putU16(reply, LENGTHS, LENGTHS_6_4);
    Octets.putU16(reply, OPERATION, REPLY);
    Octets.putMac(reply, SENDER_MAC, owner);
    Octets.putU32(reply, SENDER_IP, targetIp(request));
    Octets.putMac(reply, TARGET_MAC, asker);
    Octets.putU32(reply, TARGET_IP, senderIp(request));
  }
}
