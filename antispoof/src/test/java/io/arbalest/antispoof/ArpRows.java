package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.ARP;
import static io.arbalest.antispoof.Frames.IPV4;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.OTHER_MAC;
import static io.arbalest.antispoof.Frames.arp;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.cut;
import static io.arbalest.antispoof.Frames.ip;
import static io.arbalest.antispoof.Frames.join;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.u16;

import io.arbalest.antispoof.rules.DropReason;

/** Rows on ARP. */
final class ArpRows {
  private static final int REQUEST = 1;
  private static final int REPLY = 2;

  private ArpRows() {}

  static void addTo(DecisionTable table) {
    senders(table);
    probes(table);
    formats(table);
  }

  private static byte[] frame(int operation, String sender, String target) {
    return own(ARP, arp(operation, MAC, sender, target));
  }

  private static void senders(DecisionTable table) {
    table.pass("15 request from own address", frame(REQUEST, "10.0.0.5", "10.0.0.1"));
    table.drop(
        "15 before any lease",
        DecisionTable.DYNAMIC,
        DropReason.ARP_SENDER_IP,
        frame(REQUEST, "10.0.0.5", "10.0.0.1"));
    table.pass("16 request from own network", frame(REQUEST, "10.1.2.3", "10.0.0.1"));
    table.drop(
        "17 foreign sender", DropReason.ARP_SENDER_IP, frame(REQUEST, "10.0.0.6", "10.0.0.1"));
    table.pass("19 gratuitous", frame(REQUEST, "10.0.0.5", "10.0.0.5"));
    table.drop(
        "20 gratuitous, foreign", DropReason.ARP_SENDER_IP, frame(REQUEST, "10.0.0.6", "10.0.0.6"));
    table.pass("21 reply", frame(REPLY, "10.0.0.5", "10.0.0.9"));
    table.drop(
        "22 reply for the gateway", DropReason.ARP_SENDER_IP, frame(REPLY, "10.0.0.1", "10.0.0.9"));
    byte[] foreignMac = own(ARP, arp(REPLY, OTHER_MAC, "10.0.0.5", "10.0.0.9"));
    table.drop("23 sender MAC not the own", DropReason.ARP_SENDER_MAC, foreignMac);
    table.drop(
        "23 under mac-nospoof alone",
        DecisionTable.MAC_ONLY,
        DropReason.ARP_SENDER_MAC,
        foreignMac);
    table.pass(
        "17 under mac-nospoof alone",
        DecisionTable.MAC_ONLY,
        frame(REQUEST, "10.0.0.6", "10.0.0.1"));
    table.drop(
        "no address at all",
        DecisionTable.EMPTY,
        DropReason.NO_ADDRESS,
        frame(REQUEST, "10.0.0.5", "10.0.0.1"));
  }

  private static void probes(DecisionTable table) {
    table.pass("18 probe of own address", frame(REQUEST, "0.0.0.0", "10.0.0.5"));
    table.drop(
        "18 stricter: probe of a foreign address",
        DropReason.ARP_PROBE_TARGET,
        frame(REQUEST, "0.0.0.0", "10.0.0.6"));
    table.pass(
        "18 probe of an offered address",
        DecisionTable.DYNAMIC,
        frame(REQUEST, "0.0.0.0", "10.0.0.6"));
    table.drop("reply from 0.0.0.0", DropReason.ARP_SENDER_IP, frame(REPLY, "0.0.0.0", "10.0.0.5"));
    table.drop(
        "no address, not even a probe",
        DecisionTable.EMPTY,
        DropReason.NO_ADDRESS,
        frame(REQUEST, "0.0.0.0", "10.0.0.5"));
  }

  private static void formats(DecisionTable table) {
    byte[] rest = join(MAC.toBytes(), ip("10.0.0.5"), new byte[6], ip("10.0.0.1"));
    table.drop(
        "24 no hardware length",
        DropReason.ARP_FORMAT,
        own(ARP, u16(1, IPV4), bytes(0, 4), u16(1), ip("10.0.0.5"), ip("10.0.0.1"), rest));
    table.drop("25 hardware length 8", DropReason.ARP_FORMAT, own(ARP, head(1, IPV4, 8, 4), rest));
    table.drop(
        "25 protocol length 16", DropReason.ARP_FORMAT, own(ARP, head(1, IPV4, 6, 16), rest));
    table.drop("27 hardware type 6", DropReason.ARP_FORMAT, own(ARP, head(6, IPV4, 6, 4), rest));
    table.drop(
        "protocol type not IPv4",
        DropReason.ARP_FORMAT,
        own(ARP, head(1, Frames.IPV6, 6, 4), rest));
    table.drop(
        "27 stricter: reverse ARP operation",
        DropReason.ARP_OPERATION,
        frame(3, "10.0.0.5", "10.0.0.1"));
    table.drop("operation 0", DropReason.ARP_OPERATION, frame(0, "10.0.0.5", "10.0.0.1"));
    byte[] good = frame(REQUEST, "10.0.0.5", "10.0.0.1");
    table.drop("26 cut", DropReason.TRUNCATED, cut(good, 41));
    table.pass("padded to the least frame", cut(good, 60));
  }

  private static byte[] head(int hardware, int protocol, int hardwareLength, int protocolLength) {
    return join(u16(hardware, protocol), bytes(hardwareLength, protocolLength), u16(REQUEST));
  }
}
