package io.arbalest.antispoof.learn;

import java.net.InetAddress;

/**
 * A UDP datagram in one piece, found in an untagged Ethernet frame.
 *
 * @param destination where it is going; a broadcast or a group for who does not know its server
 * @param sourcePort 0 to 65535
 * @param destinationPort 0 to 65535
 * @param payload what it carries
 */
record Datagram(
    InetAddress source,
    InetAddress destination,
    int sourcePort,
    int destinationPort,
    Octets payload) {

  boolean isBetween(int from, int to) {
    return sourcePort == from && destinationPort == to;
  }
}
