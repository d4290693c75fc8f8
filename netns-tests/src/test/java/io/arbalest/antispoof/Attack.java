package io.arbalest.antispoof;

import static io.arbalest.antispoof.Village.EVIL;
import static io.arbalest.antispoof.Village.GATE;
import static io.arbalest.antispoof.Village.WEB;
import static io.arbalest.antispoof.Village.ipv4;
import static io.arbalest.antispoof.Village.ipv6;
import static io.arbalest.antispoof.Village.linkLocal;
import static io.arbalest.antispoof.Village.mac;

import io.arbalest.linux.net.IpPrefix;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What an attacker can download: a tool, how to see that it worked, and why it should not.
 *
 * @param command the tool and its arguments
 * @param prepare what the victim knows or has before
 * @param provoke what the victim does again and again meanwhile
 * @param harmed whether the victim's own kernel believes a lie
 * @param drops all the counters that move while protection is on
 */
record Attack(
    String name,
    List<String> command,
    Consumer<Village> prepare,
    Consumer<Village> provoke,
    Predicate<Village> harmed,
    Set<String> drops) {

  private static final InetAddress FAR = InetAddress.ofLiteral("2001:db8::80");
  private static final String PREFIX = "2001:db8:bad::/64";
  private static final IpPrefix WANTED = new IpPrefix(Village.SPARE, 64);

  private static final String ADDRESSES =
      " -w 1 net0 fd09::3 fd09::2 02:08:20:00:00:01 fe80::8:20ff:fe00:1";

  @Override
  public String toString() {
    return name;
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  private static void nothing(Village village) {
    // There is nothing to do.
  }

  static List<Attack> all() {
    return List.of(
        arpspoof(),
        macof(),
        fakeRouter(),
        fakeRouterBehindHeader(),
        fakeRouterAtLength(),
        parasite(),
        fakeAdvertise(),
        claimFromOwnSource(),
        claimBehindHeader(),
        claimInFragment(),
        redirect(),
        floodRouter(),
        denyAddress(),
        foreignSource(),
        claim(),
        wrapped());
  }

  private static Attack arpspoof() {
    return new Attack(
        "arpspoof",
        words("arpspoof -i net0 -t 10.9.0.2 10.9.0.3"),
        village -> {
          village.pings(WEB, ipv4(GATE));
          // Else the tool would make its kernel ask for the victim by a datagram to port 67.
          village.pings(EVIL, ipv4(WEB));
        },
        Attack::nothing,
        village -> village.victim().macOf(ipv4(GATE)).filter(mac(EVIL)::equals).isPresent(),
        Set.of("arp-sender-ip"));
  }

  private static Attack macof() {
    return new Attack(
        "macof",
        words("macof -i net0 -n 2000"),
        Attack::nothing,
        Attack::nothing,
        village -> village.victim().received() > 500,
        Set.of("source-mac", "source-mac-group"));
  }

  private static Attack fakeRouter() {
    return rogue(
        "fake_router6",
        "atk6-fake_router6 net0 " + PREFIX,
        Attack::nothing,
        Set.of("nd-router-advertisement"));
  }

  private static Attack fakeRouterBehindHeader() {
    return rogue(
        "fake_router6 -H",
        "atk6-fake_router6 -H net0 " + PREFIX,
        Attack::nothing,
        Set.of("nd-extension-header"));
  }

  private static Attack fakeRouterAtLength() {
    return rogue(
        "fake_router26",
        "atk6-fake_router26 -A " + PREFIX + " net0",
        Attack::nothing,
        Set.of("nd-router-advertisement"));
  }

  private static Attack rogue(
      String name, String command, Consumer<Village> prepare, Set<String> drops) {
    return new Attack(
        name,
        words(command),
        prepare,
        Attack::nothing,
        village ->
            village.victim().defaultRouters().contains(linkLocal(EVIL))
                && village.victim().madeAddresses() > 0,
        drops);
  }

  private static Attack parasite() {
    return new Attack(
        "parasite6",
        words("atk6-parasite6 -l net0"),
        Attack::nothing,
        village -> {
          village.victim().forget(ipv6(GATE));
          village.pings(WEB, ipv6(GATE));
        },
        village -> village.victim().macOf(ipv6(GATE)).filter(mac(EVIL)::equals).isPresent(),
        Set.of("ipv6-source"));
  }

  private static Attack fakeAdvertise() {
    return new Attack(
        "fake_advertise6",
        words("atk6-fake_advertise6 -w 1 net0 fd09::3 fd09::2"),
        village -> village.pings(WEB, ipv6(GATE)),
        Attack::nothing,
        village -> village.victim().macOf(ipv6(GATE)).filter(mac(EVIL)::equals).isPresent(),
        Set.of("ipv6-source"));
  }

  private static Attack claimFromOwnSource() {
    return advertisement(
        "fake_advertise6 from its own address", "atk6-fake_advertise6" + ADDRESSES, "nd-target");
  }

  private static Attack claimBehindHeader() {
    return advertisement(
        "fake_advertise6 -H", "atk6-fake_advertise6 -H" + ADDRESSES, "nd-extension-header");
  }

  /** The tool nests fragment headers, which Linux refuses; so one is made by hand. */
  private static Attack claimInFragment() {
    byte[] claim =
        HexFormat.of()
            .parseHex(
                "02082000000202082000000186dd6000000000282cff" // to the victim, a fragment next
                    + "fe80000000000000000820fffe000001fd090000000000000000000000000002"
                    + "3a00000000000001" // the first fragment and the last
                    + "88001bf820000000fd0900000000000000000000000000030201020820000001");
    String hex = HexFormat.ofDelimiter(":").formatHex(claim);
    return advertisement("a claim in a fragment", "mausezahn net0 -c 3 " + hex, "nd-fragment");
  }

  private static Attack advertisement(String name, String command, String drop) {
    return new Attack(
        name,
        words(command),
        village -> {
          // Linux itself refuses these in fragments (RFC 6980) unless told otherwise.
          village.victim().set("ipv6/conf/net0/suppress_frag_ndisc", "0");
          village.pings(WEB, ipv6(GATE));
        },
        Attack::nothing,
        village -> village.victim().macOf(ipv6(GATE)).filter(mac(EVIL)::equals).isPresent(),
        Set.of(drop));
  }

  private static Attack redirect() {
    return new Attack(
        "redir6",
        words("atk6-redir6 net0 fd09::2 2001:db8::80 fe80::8:20ff:fe00:3 fe80::8:20ff:fe00:1"),
        village -> {
          village.victim().addDefaultRoute(linkLocal(GATE));
          village.pings(WEB, FAR);
        },
        Attack::nothing,
        village -> village.victim().routerTo(FAR).filter(linkLocal(EVIL)::equals).isPresent(),
        Set.of("source-mac"));
  }

  private static Attack floodRouter() {
    return new Attack(
        "flood_router26",
        words("atk6-flood_router26 net0"),
        Attack::nothing,
        Attack::nothing,
        village -> village.victim().madeAddresses() > 4,
        Set.of("source-mac", "source-mac-group"));
  }

  private static Attack denyAddress() {
    return new Attack(
        "dos-new-ip6",
        words("atk6-dos-new-ip6 net0"),
        village -> village.victim().set("ipv6/conf/net0/dad_transmits", "1"),
        village -> village.victim().wantAddress(WANTED),
        village -> village.victim().isDuplicate(WANTED.address()),
        Set.of("source-mac"));
  }

  private static Attack foreignSource() {
    return new Attack(
        "mausezahn -A",
        words("mausezahn net0 -c 3 -b 02:08:20:00:00:02 -A 10.9.0.77 -B 10.9.0.2 -t icmp ping"),
        Attack::nothing,
        Attack::nothing,
        village -> village.victim().knows(InetAddress.ofLiteral("10.9.0.77")),
        Set.of("ipv4-source"));
  }

  private static Attack claim() {
    return new Attack(
        "mausezahn -t arp",
        words(
            "mausezahn net0 -c 3 -d 500m -b 02:08:20:00:00:02 -t arp"
                + " reply,smac=02:08:20:00:00:01,sip=10.9.0.3,tmac=02:08:20:00:00:02,tip=10.9.0.2"),
        village -> village.pings(WEB, ipv4(GATE)),
        Attack::nothing,
        village -> village.victim().macOf(ipv4(GATE)).filter(mac(EVIL)::equals).isPresent(),
        Set.of("arp-sender-ip"));
  }

  /** An LLC and a SNAP header around ARP: no Linux unwraps it, so that it arrives is the harm. */
  private static Attack wrapped() {
    return new Attack(
        "mausezahn LLC",
        words(
            "mausezahn net0 -c 600 -a 02:08:20:00:00:01 -b 02:08:20:00:00:02"
                + " 00:24:aa:aa:03:00:00:00:08:06:00:01:08:00:06:04:00:02:02:08:20:00:00:01:0a:09:00:03:02:08:20:00:00:02:0a:09:00:02"),
        Attack::nothing,
        Attack::nothing,
        village -> village.victim().received() > 500,
        Set.of("llc"));
  }
}
