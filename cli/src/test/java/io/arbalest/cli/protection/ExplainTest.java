package io.arbalest.cli.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Rehearsal;
import io.arbalest.antispoof.explain.PcapCodec;
import io.arbalest.antispoof.explain.PcapPacket;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.cli.dladm.Dladm;
import io.arbalest.cli.host.ImaginaryHost;
import io.arbalest.cli.host.Transcript;
import io.arbalest.cli.verb.Tool;
import io.arbalest.cli.verb.Toolbox;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExplainTest {
  private static final String ARP =
      "ffffffffffff"
          + "020820000001"
          + "0806"
          + "0001080006040001"
          + "0208200000010a0000630000000000000a000001";

  private final ImaginaryHost host = new ImaginaryHost().zone("web");
  private Toolbox toolbox = new Toolbox(List.of());
  private Transcript transcript = new Transcript();

  @TempDir Path folder;

  @BeforeEach
  void makeLinks() {
    List<Tool> tools = new ArrayList<>(ProtectionTools.of(host));
    tools.add(Dladm.of(host));
    toolbox = new Toolbox(tools);
    run("dladm create-etherstub stub0");
    run("dladm create-vnic -l stub0 -m 2:8:20:0:0:1 -p zone=web,allowed-ips=10.0.0.5 net0");
  }

  private int run(String line) {
    transcript = new Transcript();
    return toolbox.run(Transcript.typed(line.split(" ")), transcript);
  }

  private String out(String line) {
    assertThat(run(line)).as(line + transcript.err()).isZero();
    assertThat(transcript.err()).isEmpty();
    return transcript.out();
  }

  @Test
  void shouldSayWhyAndHowToAllowIt() {
    assertThat(out("explain --vnic net0 --arp op=request,spa=10.0.0.99,tpa=10.0.0.1"))
        .isEqualTo(
            """
            vnic       web/net0, from-zone
            frame      ARP who-has 10.0.0.1 tell 10.0.0.99
            verdict    drop, arp-sender-ip: the ARP sender is not an allowed address
            rule       arp.sender-ip
            fact       ethernet destination ff:ff:ff:ff:ff:ff
            fact       ethernet source 2:8:20:0:0:1
            fact       ethertype 0x0806
            fact       arp operation 1
            fact       arp sender mac 2:8:20:0:0:1
            fact       arp sender address 10.0.0.99
            fact       arp target mac 0:0:0:0:0:0
            fact       arp target address 10.0.0.1
            setting    allowed-ips is 10.0.0.5/32
            setting    dynamic-methods is --
            setting    learned-ips is --
            advice     Allow the address if it is the zone's, or let the zone get it by a dynamic method.
            to allow   dladm set-linkprop -p allowed-ips=10.0.0.5/32,10.0.0.99 web/net0
            program    says the same
            """);
  }

  /** What it says to do, done, lets the frame through. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --arp spa=10.0.0.99,tpa=10.0.0.1               | allowed-ips=10.0.0.5/32,10.0.0.99
          --frame ffffffffffff020820000009080600010800060400010208200000090a0000050000000000000a000001 | secondary-macs=2:8:20:0:0:9
          --udp 10.0.0.99:1>10.0.0.1:2                   | allowed-ips=10.0.0.5/32,10.0.0.99
          --udp [fd00::9]:1>[fd00::1]:2                  | allowed-ips=10.0.0.5/32,fd00::9
          --icmp fd00::9>fd00::1                         | allowed-ips=10.0.0.5/32,fd00::9
          --frame 02082000000202082000000100264242030000000000 | protection=mac-nospoof,ip-nospoof,dhcp-nospoof
          --frame 02082000000202082000000188cc0000       | protection=mac-nospoof,ip-nospoof,dhcp-nospoof
          """)
  void shouldGiveACommandThatHelps(String frame, String setting) {
    String command = "dladm set-linkprop -p " + setting + " web/net0";
    String before = out("explain --vnic web/net0 " + frame);
    assertThat(before).contains("verdict    drop, ").contains("to allow   " + command + "\n");
    out(command);
    assertThat(out("explain --vnic web/net0 " + frame)).contains("verdict    pass\n");
  }

  @Test
  void shouldSayWhatLetsAFrameThroughAndWhatItCannotKnow() {
    assertThat(out("explain --vnic net0 --icmp 10.0.0.5>10.0.0.1"))
        .contains("verdict    pass\n")
        .contains("setting    protection is mac-nospoof,restricted,ip-nospoof,dhcp-nospoof\n")
        .contains("setting    allowed-ips is 10.0.0.5/32\n")
        .contains("unknown    whether anybody has its destination address")
        .doesNotContain("to allow")
        .endsWith("program    says the same\n");
  }

  @Test
  void shouldKnowLearnedAddressesAndVteps() {
    out("dladm set-linkprop -p dynamic-methods=dhcpv4 net0");
    String frame = "explain --vnic net0 --udp 10.0.0.77:1>10.0.0.1:2";
    assertThat(out(frame))
        .contains("verdict    drop, ")
        .contains("unknown    whether the zone will");
    host.learn("web/net0", "10.0.0.77");
    assertThat(out(frame)).contains("verdict    pass").contains("learned-ips is 10.0.0.77/32\n");
    assertThat(out("explain --vnic net0 --udp 10.0.0.5:1>192.0.2.1:4789"))
        .contains("verdict    drop, vtep: ");
  }

  @Test
  void shouldExplainWhatIsOnItsWayToTheZone() {
    out("dladm set-linkprop -p reception=dhcp-guard net0");
    String frame = "explain --vnic net0 --to-zone --udp 10.0.0.1:67>255.255.255.255:68";
    assertThat(out(frame))
        .startsWith("vnic       web/net0, to-zone\n")
        .contains("verdict    drop, rx-dhcp-server: ")
        .contains("setting    trusted-servers is --\n")
        .contains("to allow   dladm set-linkprop -p trusted-servers=10.0.0.1 web/net0\n")
        .contains("unknown    whether such a frame would reach the port at all");
    out("dladm set-linkprop -p trusted-servers=10.0.0.1 web/net0");
    assertThat(out(frame)).contains("verdict    pass\n");
  }

  @Test
  void shouldBeAnObjectForPrograms() {
    assertThat(out("explain --json --vnic net0 --arp spa=10.0.0.99,tpa=10.0.0.1"))
        .startsWith(
            "{\"link\":\"net0\",\"zone\":\"web\",\"direction\":\"from-zone\","
                + "\"frame\":\"ARP who-has 10.0.0.1 tell 10.0.0.99\",\"verdict\":\"drop\","
                + "\"reason\":\"arp-sender-ip\",")
        .contains("\"rule\":\"arp.sender-ip\"")
        .contains("{\"name\":\"arp sender address\",\"value\":\"10.0.0.99\"}")
        .contains("\"settings\":{\"allowed-ips\":[\"10.0.0.5/32\"],\"dynamic-methods\":[],")
        .contains("\"allow\":\"dladm set-linkprop -p allowed-ips=10.0.0.5/32,10.0.0.99 web/net0\"")
        .endsWith("\"unknown\":[],\"program\":\"arp-sender-ip\",\"agreed\":true}\n");
    assertThat(out("explain --json --vnic net0 --icmp 10.0.0.5>10.0.0.1"))
        .contains("\"verdict\":\"pass\",\"reason\":null,")
        .contains("\"allow\":null");
  }

  @Test
  void shouldFailWhenTheProgramDisagrees() {
    host.rehearseAs(new Rehearsal(Optional.empty()));
    assertThat(run("explain --vnic net0 --arp spa=10.0.0.99,tpa=10.0.0.1")).isEqualTo(1);
    assertThat(transcript.out()).endsWith("program    DISAGREES: pass\n");
    host.rehearseAs(new Rehearsal(Optional.of(DropReason.LLC)));
    assertThat(run("explain --json --vnic net0 --icmp 10.0.0.5>10.0.0.1")).isEqualTo(1);
    assertThat(transcript.out()).endsWith("\"program\":\"llc\",\"agreed\":false}\n");
  }

  @Test
  void shouldSayWhenTheProgramCannotBeAsked() {
    host.rehearseWith(new IllegalArgumentException("frame of 14 bytes"));
    assertThat(out("explain --vnic net0 --frame " + ARP.substring(0, 28)))
        .endsWith("program    cannot be asked about such a frame\n");
    host.rehearseWith(new KernelException("BPF_PROG_TEST_RUN", Errno.EPERM, ""));
    assertThat(run("explain --vnic net0 --frame " + ARP)).isEqualTo(1);
    assertThat(transcript.err()).startsWith("explain: cannot ask the running program: ");
  }

  @Test
  void shouldExplainACapture() throws IOException {
    byte[] frame = HexFormat.of().parseHex(ARP);
    Path file = folder.resolve("x.pcap");
    Files.write(file, PcapCodec.header());
    byte[] whole = PcapCodec.packet(new PcapPacket(1, 0, frame.length, frame));
    byte[] part = PcapCodec.packet(new PcapPacket(1, 0, 60, Arrays.copyOf(frame, 42)));
    Files.write(file, concat(PcapCodec.header(), whole, part));
    String text = out("explain --vnic net0 --pcap " + file);
    assertThat(text.split("\n\n", -1)).hasSize(2);
    assertThat(text)
        .contains("unknown    the last 18 bytes, which the capture does not have; taken as zero");
    assertThat(out("explain --vnic net0 --json --pcap " + file).lines()).hasSize(2);
    Files.write(file, PcapCodec.header());
    assertThat(run("explain --vnic net0 --pcap " + file)).isEqualTo(1);
    assertThat(transcript.err())
        .isEqualTo("explain: '" + file + "' has no frames; 1 to 1000 are allowed\n");
    Files.writeString(file, "nonsense that is longer than a header");
    assertThat(run("explain --vnic net0 --pcap " + file)).isEqualTo(1);
    assertThat(transcript.err()).isEqualTo("explain: it does not start as a capture does\n");
  }

  private static byte[] concat(byte[]... parts) {
    return HexFormat.of()
        .parseHex(Arrays.stream(parts).map(HexFormat.of()::formatHex).reduce("", String::concat));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          explain                                | 2 | need --vnic
          explain --vnic net0                    | 2 | need just one of --frame, --pcap, --arp, --udp or --icmp
          explain --vnic net0 --frame 00 --arp x | 2 | need just one of
          explain --vnic nope0 --frame 00        | 1 | invalid link name 'nope0'
          explain --vnic stub0 --frame 00        | 1 | 'stub0' is not a vnic
          explain --vnic net0 --frame xyz        | 1 | frame 'xyz': an even number of hexadecimal digits
          explain --vnic net0 --frame 00         | 1 | a frame of 1 bytes; allowed: 14 to 65535
          explain --vnic net0 --frame            | 2 | option '--frame' requires a value
          explain --vnic net0 --arp x            | 1 | 'x'; allowed: op=request|reply|NUMBER
          explain --vnic net0 --udp x            | 1 | 'x'; allowed: SOURCE>DESTINATION
          explain --vnic net0 --icmp a>b         | 1 | invalid IP address 'a'
          explain --vnic net0 --pcap none        | 1 | '/home/op/none' is not a file
          explain --vnic net0 --pcap /dev/zero   | 1 | '/dev/zero' is not a file
          explain net0                           | 2 | unexpected argument 'net0'
          explain --nonsense                     | 2 | unrecognized option '--nonsense'
          """)
  void shouldRefuseNonsense(String line, int status, String complaint) {
    assertThat(run(line)).isEqualTo(status);
    assertThat(transcript.err()).startsWith("explain: " + complaint);
    assertThat(transcript.out()).isEmpty();
  }

  @Test
  void shouldHelp() {
    assertThat(out("explain --help")).startsWith("usage: explain --vnic <vnic-link> [--to-zone]");
  }
}
