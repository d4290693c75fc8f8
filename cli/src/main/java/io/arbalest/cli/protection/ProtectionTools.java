package io.arbalest.cli.protection;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.verb.OneVerb;
import io.arbalest.cli.verb.Tool;
import java.util.List;

/** The tools that look at protection. None of them changes anything. */
public final class ProtectionTools {
  private ProtectionTools() {}

  /** The tools for a host. */
  public static List<Tool> of(HostView host) {
    return List.of(
        new OneVerb(
            "drops",
            "frames that protection dropped lately",
            "[-f] [--vnic <vnic-link>] [-n <count>] [--json | --pcap <file> [--force]]",
            session -> new Drops(host, session)),
        new OneVerb(
            "explain",
            "why a frame passes a VNIC or not",
            "--vnic <vnic-link> [--to-zone] [--json] (--frame <hex> | --pcap <file> |"
                + " --arp op=request,spa=<address>,tpa=<address> |"
                + " --udp <address>:<port>'>'<address>:<port> | --icmp <address>'>'<address>)",
            session -> new Explain(host, session)),
        new OneVerb(
            "selftest",
            "try the running protection with honest and hostile frames",
            "protection [--vnic <vnic-link>] [--json]",
            session -> new SelfTest(host, session)),
        new OneVerb(
            "check",
            "what of this host matters to protection, and how it is",
            "[--json]",
            session -> new Check(host, session)));
  }
}
