package io.arbalest.antispoof.explain;

import static io.arbalest.antispoof.explain.FrameBytes.ARP;
import static io.arbalest.antispoof.explain.FrameBytes.IPV4;
import static io.arbalest.antispoof.explain.FrameBytes.arp;
import static io.arbalest.antispoof.explain.FrameBytes.echo;
import static io.arbalest.antispoof.explain.FrameBytes.ethernet;
import static io.arbalest.antispoof.explain.FrameBytes.ip;
import static io.arbalest.antispoof.explain.FrameBytes.join;
import static io.arbalest.antispoof.explain.FrameBytes.u16;
import static io.arbalest.antispoof.explain.FrameBytes.u8;
import static io.arbalest.antispoof.explain.FrameBytes.udp;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.PolicyView;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Frames that a VNIC's protection is tried with: what an honest zone sends, and what a hostile one
 * would, made of the VNIC's own policy.
 *
 * <p>With the whole protection on, what must become of a frame is said here once more, without
 * asking the rule model: a mistake in the model would otherwise be one of the trial as well.
 */
public final class Corpus {
  private static final Set<PolicyFlag> WHOLE =
      Set.of(
          PolicyFlag.MAC_NOSPOOF,
          PolicyFlag.RESTRICTED,
          PolicyFlag.IP_NOSPOOF,
          PolicyFlag.DHCP_NOSPOOF,
          PolicyFlag.GUARDS);
  private static final InetAddress NOBODY = IpLiteral.parse("0.0.0.0");
  private static final InetAddress EVERYBODY = IpLiteral.parse("255.255.255.255");
  private static final InetAddress PEER = IpLiteral.parse("192.0.2.1");
  private static final InetAddress LOOPBACK = IpLiteral.parse("127.0.0.1");
  private static final InetAddress GROUP = IpLiteral.parse("224.0.0.1");

  private final Station station;
  private final boolean whole;
  private final List<Trial> trials = new ArrayList<>();

  private Corpus(Station station) {
    this.station = station;
    this.whole = WHOLE.stream().allMatch(station.policy()::has);
  }

  /**
   * The trials of a VNIC, in the same order for every VNIC; a kind that its policy has no address
   * for is left out.
   *
   * @param mac the VNIC's MAC address
   * @param own networks whose addresses are its own, learned ones among them
   * @param policy its policy
   */
  public static List<Trial> of(MacAddress mac, List<IpPrefix> own, PolicyView policy) {
    Corpus corpus = new Corpus(new Station(mac, own, policy));
    corpus.links();
    corpus.arps();
    corpus.ipv4();
    corpus.dhcp();
    new Ipv6Corpus(corpus.station, corpus::add).trials();
    corpus.received();
    return List.copyOf(corpus.trials);
  }

  /** Takes a trial whose outcome is known when the whole protection is on. */
  interface Sink {
    void add(String kind, boolean passes, byte[] frame);
  }

  private void add(String kind, boolean passes, byte[] frame) {
    trials.add(
        new Trial(
            kind, Direction.FROM_ZONE, frame, whole ? Optional.of(passes) : Optional.empty()));
  }

  private byte[] own(int type, byte[]... payload) {
    return ethernet(Station.NEIGHBOUR, station.mac(), type, payload);
  }

  private byte[] udpFrom(InetAddress source) {
    return ip(source, PEER, 17, udp(40_000, 53));
  }

  private void links() {
    byte[] packet = udpFrom(station.ipv4().orElse(PEER));
    MacAddress peer = Station.NEIGHBOUR;
    add("eth-foreign-mac", false, ethernet(station.mac(), peer, IPV4, packet));
    add("eth-group-mac", false, ethernet(peer, MacAddress.BROADCAST, IPV4, packet));
    add("eth-zero-mac", false, ethernet(peer, MacAddress.ZERO, IPV4, packet));
    add("eth-vlan", false, own(0x8100, u16(5, IPV4), packet));
    add("eth-priority-tag", false, own(0x8100, u16(0xe000, IPV4), packet));
    add("eth-qinq", false, own(0x88a8, u16(5, 0x8100, 6, IPV4), packet));
    add("eth-llc", false, own(38, u8(0x42, 0x42, 3), new byte[35]));
    add("eth-lldp", false, own(0x88cc, new byte[46]));
    add("eth-rarp", false, own(0x8035, new byte[46]));
    add("arp-cut", false, Arrays.copyOf(own(ARP, new byte[28]), 30));
  }

  private void arps() {
    MacAddress mac = station.mac();
    MacAddress none = MacAddress.ZERO;
    station
        .ipv4()
        .ifPresent(
            ip -> {
              add("arp-request", true, own(ARP, arp(1, mac, ip, none, PEER)));
              add("arp-reply", true, own(ARP, arp(2, mac, ip, Station.NEIGHBOUR, PEER)));
              add("arp-probe", true, own(ARP, arp(1, mac, NOBODY, none, ip)));
              add("arp-announcement", true, own(ARP, arp(1, mac, ip, none, ip)));
              add("arp-foreign-mac", false, own(ARP, arp(2, Station.NEIGHBOUR, ip, mac, PEER)));
              add("arp-odd-operation", false, own(ARP, arp(9, mac, ip, none, PEER)));
            });
    station
        .foreignIpv4()
        .ifPresent(
            ip -> {
              add("arp-foreign-ip", false, own(ARP, arp(1, mac, ip, none, PEER)));
              add("arp-foreign-reply", false, own(ARP, arp(2, mac, ip, Station.NEIGHBOUR, PEER)));
            });
  }

  private void ipv4() {
    station
        .ipv4()
        .ifPresent(
            from -> {
              add("ipv4-udp", true, own(IPV4, udpFrom(from)));
              add("ipv4-icmp", true, own(IPV4, ip(from, PEER, 1, echo(8))));
              add("ipv4-multicast", true, own(IPV4, ip(from, GROUP, 17, udp(5353, 5353))));
              add("ipv4-short-header", false, own(IPV4, with(udpFrom(from), 0, 0x44)));
              add("ipv4-version-6", false, own(IPV4, with(udpFrom(from), 0, 0x65)));
            });
    station.foreignIpv4().ifPresent(from -> add("ipv4-foreign", false, own(IPV4, udpFrom(from))));
    add("ipv4-loopback", false, own(IPV4, udpFrom(LOOPBACK)));
    add("ipv4-from-group", false, own(IPV4, udpFrom(GROUP)));
    add("ipv4-from-nobody", false, own(IPV4, udpFrom(NOBODY)));
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    return bytes;
  }

  private void dhcp() {
    boolean method = station.policy().has(PolicyFlag.METHOD_DHCPV4);
    add("dhcp-discover", method, ask(discover(station.mac())));
    add("dhcp-foreign-client", false, ask(discover(Station.NEIGHBOUR)));
    station
        .ipv4()
        .ifPresent(
            from ->
                add(
                    "dhcp-offer",
                    station.policy().has(PolicyFlag.GRANT_DHCP_SERVER),
                    own(IPV4, ip(from, EVERYBODY, 17, udp(67, 68, offer(Station.NEIGHBOUR))))));
  }

  private byte[] ask(byte[] message) {
    return ethernet(
        MacAddress.BROADCAST, station.mac(), IPV4, ip(NOBODY, EVERYBODY, 17, udp(68, 67, message)));
  }

  private static byte[] discover(MacAddress client) {
    return bootp(1, client, u8(53, 1, 1, 255));
  }

  private static byte[] offer(MacAddress client) {
    return bootp(2, client, u8(53, 1, 2, 54, 4, 192, 0, 2, 1, 255));
  }

  private static byte[] bootp(int operation, MacAddress client, byte[] options) {
    return join(
        u8(operation, 1, 6, 0, 0x77, 0x77, 0x77, 0x77),
        new byte[20],
        client.toBytes(),
        new byte[10 + 192],
        u8(0x63, 0x82, 0x53, 0x63),
        options);
  }

  private void received() {
    byte[] packet = ip(PEER, station.ipv4().orElse(EVERYBODY), 17, udp(53, 40_000));
    toZone("to-zone-own", ethernet(station.mac(), Station.NEIGHBOUR, IPV4, packet));
    toZone(
        "to-zone-other",
        ethernet(MacAddress.of(0x0200_0000_0002L), Station.NEIGHBOUR, IPV4, packet));
    byte[] offer = ip(PEER, EVERYBODY, 17, udp(67, 68, offer(station.mac())));
    toZone("to-zone-dhcp-offer", ethernet(MacAddress.BROADCAST, Station.NEIGHBOUR, IPV4, offer));
    toZone("to-zone-advertisement", Ipv6Corpus.rogueAdvertisement());
  }

  private void toZone(String kind, byte[] frame) {
    trials.add(new Trial(kind, Direction.TO_ZONE, frame, Optional.empty()));
  }

  /** The names of all kinds of several VNICs, each once, in the order in which they are made. */
  public static List<String> kinds(List<List<Trial>> corpora) {
    List<String> kinds = new ArrayList<>();
    for (List<Trial> corpus : corpora) {
      int place = 0;
      for (Trial trial : corpus) {
        if (!kinds.contains(trial.kind())) {
          kinds.add(place, trial.kind());
        }
        place = kinds.indexOf(trial.kind()) + 1;
      }
    }
    return kinds;
  }
}
