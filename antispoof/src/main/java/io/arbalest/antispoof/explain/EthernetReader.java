package io.arbalest.antispoof.explain;

import java.util.Locale;

/** Reads the Ethernet header and its tags, and hands on to who knows the rest. */
final class EthernetReader {
  private static final int SOURCE = 6;
  private static final int TYPE = 12;
  private static final int PAYLOAD = 14;
  private static final int TAG_LENGTH = 4;
  private static final int MAX_TAGS = 4;
  private static final int SMALLEST_TYPE = 0x0600;

  private EthernetReader() {}

  static void read(Octets frame, Reading reading) {
    if (frame.length() < PAYLOAD) {
      reading.say("Ethernet").fact("length", frame.length() + " bytes");
    }
    reading.fact("ethernet destination", frame.mac(0));
    reading.fact("ethernet source", frame.mac(SOURCE));
    int type = frame.u16(TYPE);
    int payload = PAYLOAD;
    for (int tags = 0; isTag(type) && tags < MAX_TAGS; tags++) {
      int vid = frame.u16(payload) & 0x0fff;
      reading.say("VLAN " + vid).fact("vlan", vid + " (" + hex(type) + ")");
      type = frame.u16(payload + 2);
      payload += TAG_LENGTH;
    }
    reading.fact("ethertype", hex(type));
    payload(frame, type, payload, reading);
  }

  private static boolean isTag(int type) {
    return type == 0x8100 || type == 0x88a8 || type == 0x9100;
  }

  private static void payload(Octets frame, int type, int at, Reading reading) {
    switch (type) {
      case 0x0800 -> Ipv4Reader.read(frame, at, reading);
      case 0x0806 -> ArpReader.read(frame, at, reading);
      case 0x86dd -> Ipv6Reader.read(frame, at, reading);
      default -> reading.say(type < SMALLEST_TYPE ? "LLC" : name(type));
    }
  }

  private static String name(int type) {
    return switch (type) {
      case 0x8035 -> "RARP";
      case 0x8809 -> "LACP";
      case 0x8863, 0x8864 -> "PPPoE";
      case 0x8847 -> "MPLS";
      case 0x888e -> "EAPOL";
      case 0x88cc -> "LLDP";
      default -> "EtherType " + hex(type);
    };
  }

  private static String hex(int type) {
    return String.format(Locale.ROOT, "0x%04x", type);
  }
}
