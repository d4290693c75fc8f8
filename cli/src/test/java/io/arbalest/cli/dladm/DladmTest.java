package io.arbalest.cli.dladm;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.cli.host.ImaginaryHost;
import io.arbalest.cli.host.Transcript;
import io.arbalest.cli.verb.Toolbox;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.vnic.LinkStats;
import io.arbalest.vnic.MacAddressType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DladmTest {
  private final ImaginaryHost host = new ImaginaryHost().zone("web").zone("db");
  private final Toolbox toolbox = new Toolbox(List.of(Dladm.of(host)));
  private Transcript transcript = new Transcript();

  private int run(String line) {
    transcript = new Transcript();
    return toolbox.run(Transcript.typed(("dladm " + line).split(" ")), transcript);
  }

  private String out(String line) {
    assertThat(run(line)).as(line).isZero();
    assertThat(transcript.err()).isEmpty();
    return transcript.out();
  }

  /** The first line of the complaint, without the tool's name. */
  private String complaint(String line) {
    assertThat(run(line)).as(line).isEqualTo(1);
    assertThat(transcript.out()).isEmpty();
    assertThat(transcript.err()).startsWith("dladm: ");
    return transcript.err().lines().findFirst().orElse("").substring("dladm: ".length());
  }

  private void makeLinks() {
    out("create-etherstub stub0");
    out("create-vnic -l stub0 -m 2:8:20:6b:10:d4 -p zone=web net0");
    out("create-vnic -l stub0 -m 2:8:20:0:0:1 -p zone=db,mtu=1400,allowed-ips=10.0.0.1 net0");
  }

  @Test
  void shouldListLinksOfAllClasses() {
    makeLinks();
    assertThat(out("show-link"))
        .isEqualTo(
            """
            LINK        CLASS     MTU    STATE    BRIDGE     OVER
            db/net0     vnic      1400   up       --         stub0
            stub0       etherstub 9000   up       --         --
            web/net0    vnic      1450   up       --         stub0
            """);
    assertThat(out("show-link -p -o link,class,over stub0")).isEqualTo("stub0:etherstub:\n");
    assertThat(out("show-link -z db -p -o link")).isEqualTo("db/net0\n");
    assertThat(out("show-link --json web/net0"))
        .isEqualTo(
            """
            [
              {"link":"net0","class":"vnic","mtu":1450,"state":"up","bridge":null,"over":"stub0",\
            "zone":"web"}
            ]
            """);
  }

  @Test
  void shouldListVnicsWithTheirMacAddressesAsIllumosWritesThem() {
    makeLinks();
    assertThat(out("show-vnic"))
        .isEqualTo(
            """
            LINK         OVER       SPEED MACADDRESS        MACADDRTYPE VID  ZONE
            net0         stub0      0     2:8:20:0:0:1      fixed       0    db
            net0         stub0      0     2:8:20:6b:10:d4   fixed       0    web
            """);
    assertThat(out("show-vnic -z web -p -o link,macaddress"))
        .isEqualTo("net0:2\\:8\\:20\\:6b\\:10\\:d4\n");
    assertThat(out("show-vnic -p -o macaddress db/net0")).isEqualTo("2:8:20:0:0:1\n");
    assertThat(out("show-vnic --json -o link,vid,speed,protection,allowed-ips db/net0"))
        .isEqualTo(
            """
            [
              {"link":"net0","vid":0,"speed":0,\
            "protection":["mac-nospoof","restricted","ip-nospoof","dhcp-nospoof"],"allowedIps":["10.0.0.1/32"]}
            ]
            """);
    assertThat(out("show-vnic -l stub0 net0").lines()).hasSize(3);
  }

  @Test
  void shouldShowWhatPassedAndEveryDropByName() {
    makeLinks();
    host.count(new LinkStats.Traffic(10, 1000, 3), Map.of("ip-spoof", 3L, "arp-spoof", 0L));
    assertThat(out("show-link -s web/net0"))
        .isEqualTo(
            """
            LINK           IPACKETS  RBYTES  IERRORS   OPACKETS    OBYTES      OERRORS
            web/net0       0         0       0         10          1000        3
            """);
    assertThat(out("show-link -s -o link,drops web/net0")).endsWith("web/net0       ip-spoof=3\n");
    assertThat(out("show-link -s --json web/net0"))
        .contains("\"outErrors\":3,\"zone\":\"web\",\"drops\":{\"arp-spoof\":0,\"ip-spoof\":3}}");
  }

  @Test
  void shouldRepeatStatisticsAsDifferencesUntilNobodyReads() {
    makeLinks();
    host.count(new LinkStats.Traffic(10, 1000, 3), Map.of());
    transcript = new Transcript();
    transcript.leaveAfter(2);
    var typed =
        Transcript.typed("dladm", "show-link", "-s", "-i", "1", "-o", "opackets", "web/net0");
    assertThat(toolbox.run(typed, transcript)).isZero();
    assertThat(transcript.out()).isEqualTo("OPACKETS\n10\n");
    transcript = new Transcript();
    transcript.leaveAfter(8);
    assertThat(toolbox.run(typed, transcript)).isZero();
    assertThat(transcript.out()).startsWith("OPACKETS\n10\n0\n");
  }

  @Test
  void shouldDrawARandomAddressUnderIllumossPrefix() {
    out("create-etherstub stub0");
    out("create-vnic -l stub0 vnic0");
    var mac = host.spec().vnics().getFirst().mac();
    assertThat(mac.type()).isEqualTo(MacAddressType.RANDOM);
    assertThat(mac.address().toString()).startsWith("2:8:20:");
    assertThat(host.spec().vnics().getFirst().key().zone()).isEmpty();
  }

  @Test
  void shouldProtectByDefaultAndOnlyDropProtectionWhenAsked() {
    out("create-etherstub stub0");
    out("create-vnic -l stub0 vnic0");
    out("create-vnic -l stub0 -p protection=none vnic1");
    out("create-vnic -l stub0 -p protection=mac-nospoof,mtu=1500 vnic2");
    var vnics = host.spec().vnics();
    assertThat(vnics.get(0).protection().modes())
        .containsExactly("mac-nospoof", "restricted", "ip-nospoof", "dhcp-nospoof");
    assertThat(vnics.get(1).protection().modes()).isEmpty();
    assertThat(vnics.get(2).protection().modes()).containsExactly("mac-nospoof");
    assertThat(vnics.get(2).mtu()).hasValue(1500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create-vnic",
        "create-vnic vnic0",
        "create-vnic -l stub0",
        "create-etherstub",
        "delete-vnic",
        "delete-etherstub",
        "delete-overlay"
      })
  void shouldShowTheUsageWhenAnOperandIsMissing(String line) {
    assertThat(run(line)).isEqualTo(1);
    assertThat(transcript.err()).startsWith("usage: dladm " + line.split(" ")[0] + " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "create-vnic -l nope0 v0 | invalid link name 'nope0'",
        "create-vnic -l stub0 -m fixed v0 | 'fixed' is not a valid MAC address",
        "create-vnic -l stub0 -m auto -m auto v0 | cannot specify -m option twice",
        "create-vnic -l stub0 -m zz v0 | invalid MAC address 'zz'",
        "create-vnic -l stub0 -m 1:0:0:0:0:1 v0 | invalid MAC address",
        "create-vnic -l stub0 -m 0:0:0:0:0:0 v0 | invalid MAC address",
        "create-vnic -l stub0 -p x v0 | invalid vnic property 'x'",
        "create-vnic -l stub0 -p x=1 v0 | failed to set property x: invalid property",
        "create-vnic -l stub0 -p mtu=9x v0 | failed to set property mtu: invalid value",
        "create-vnic -l stub0 -p mtu=1,2 v0 | failed to set property mtu: invalid number of values",
        "create-vnic -l stub0 -p mtu=99999 v0 | vnic creation over stub0 failed: invalid value",
        "create-vnic -l stub0 -p mtu=100 v0 | vnic creation over stub0 failed: invalid value",
        "create-vnic -l stub0 -p protection=x v0 | failed to set property protection: invalid"
            + " value",
        "create-vnic -l stub0 -p allowed-ips=1.2.3 v0 | failed to set property allowed-ips:"
            + " invalid",
        "create-vnic -l stub0 -p allowed-ips=10.0.0.1/8 v0 | failed to set property allowed-ips:"
            + " invalid value: '10.0.0.1/8': host bits must be zero; 10.0.0.1/32 or 10.0.0.0/8",
        "create-vnic -l stub0 -p roles=king v0 | failed to set property roles: invalid value:"
            + " 'king'; allowed: dhcp-server, router",
        "create-vnic -l stub0 -p promisc-filtered=on,off v0 | failed to set property"
            + " promisc-filtered: invalid number of values",
        "create-vnic -l stub0 -p learned-ips=10.0.0.1 v0 | failed to set property learned-ips:"
            + " invalid property",
        "create-vnic -l stub0 -p routed-prefixes=@/nope v0 | routed-prefixes: '/nope' is not a"
            + " file",
        "create-vnic -l stub0 -p secondary-macs=2:8:20:0:0:1 v0 | vnic creation over stub0 failed:"
            + " MAC address is already in use",
        "create-vnic -l stub0 -p zone=../x v0 | failed to set property zone: invalid value",
        "create-vnic -l stub0 -p zone=no v0 | vnic creation over stub0 failed: vnic no/v0: zone"
            + " 'no'",
        "create-vnic -l stub0 -p zone=web net0 | vnic creation over stub0 failed: object already"
            + " exists",
        "create-vnic -l stub0 -m 2:8:20:6b:10:d4 v0 | vnic creation over stub0 failed: MAC address"
            + " is already in use",
        "create-vnic -l stub0 v | invalid link name 'v'",
        "create-vnic -l stub0 v01 | invalid link name 'v01'",
        "create-vnic -l stub0 a234567890123456 | link name too long 'a234567890123456'",
        "create-etherstub stub0 | etherstub creation failed: object already exists",
        "create-etherstub ../x0 | invalid link name '../x0'",
        "create-etherstub -p mtu=10 s1 | etherstub creation failed: invalid value",
        "delete-etherstub stub0 | etherstub deletion failed: link busy",
        "delete-etherstub nope0 | invalid link name 'nope0'",
        "delete-etherstub web/net0 | invalid link name 'web/net0'",
        "delete-vnic stub0 | 'stub0' is not a vnic",
        "delete-vnic net0 | 'net0' is ambiguous: db/net0, web/net0",
        "delete-vnic -z web nope0 | invalid link name 'nope0'",
        "delete-overlay stub0 | 'stub0' is not an overlay",
        "show-vnic stub0 | 'stub0' is not a vnic",
        "show-etherstub net0 | 'net0' is not an etherstub",
        "show-link nope0 | invalid link name 'nope0'",
        "show-link -p | -p requires -o",
        "show-link -p -o all | \"-o all\" is invalid with -p",
        "show-vnic -p | output fields must be specified in parsable mode",
        "show-link -i 1 | the option -i can be used only with -s",
        "show-link -s -i 0 | invalid interval value '0'",
        "show-link -s -i x | invalid interval value 'x'",
        "show-link -s -i 99999999999 | invalid interval value '99999999999'",
        "show-link -s -i 1 --json | the option -i cannot be used with --json",
        "show-vnic -l nope0 | invalid link name 'nope0'",
        "create-overlay | missing required virtual network id",
        "create-overlay -v 1 | missing required encapsulation plugin",
        "create-overlay -v 1 -e vxlan | missing required search plugin",
        "create-overlay -v 1 -e vxlan -s direct | missing device name",
        "create-overlay -v x -e vxlan -s direct o0 | couldn't parse virtual networkd id: x",
        "create-overlay -v 99999999999999999999 -e vxlan -s direct o0 | virtual networkd id too"
            + " large: 9",
        "create-overlay -v 16777216 -e vxlan -s direct o0 | overlay creation failed: invalid"
            + " argument",
        "create-overlay -v 1 -e geneve -s direct o0 | overlay creation failed: invalid"
            + " encapsulation protocol",
        "create-overlay -v 1 -e vxlan -s nope o0 | overlay creation failed: ",
        "create-overlay -v 1 -e vxlan -s direct o0 | overlay creation failed: unset required"
            + " property: ",
        "create-overlay -v 1 -e vxlan -s direct -p x o0 | invalid overlay property 'x'",
        "create-overlay -v 1 -e vxlan -s direct -p x=1 o0 | overlay creation failed: invalid"
            + " overlay property 'x'",
        "delete-overlay nope0 | invalid link name 'nope0'",
        "nonsense | unknown subcommand 'nonsense'",
        "show-link -q | unrecognized option '-q'",
        "create-vnic -l | option '-l' requires a value",
        "create-vnic -l a -l b c0 | the option -l cannot be specified more than once"
      })
  void shouldComplainInIllumossWords(String line, String complaint) {
    makeLinks();
    var before = host.spec();
    assertThat(complaint(line)).startsWith(complaint);
    assertThat(host.spec()).isEqualTo(before);
  }

  @Test
  void shouldPassTheKernelsWordsOn() {
    makeLinks();
    host.failWith(new KernelException("RTM_NEWLINK vnic7", Errno.EBUSY, "device is enslaved"));
    assertThat(complaint("create-vnic -l stub0 vnic0"))
        .startsWith("vnic creation over stub0 failed: link busy: RTM_NEWLINK vnic7: device is");
  }

  @Test
  void shouldDeleteWhatItMade() {
    makeLinks();
    out("delete-vnic -z web net0");
    out("delete-vnic db/net0");
    out("delete-etherstub stub0");
    assertThat(host.spec().vnics()).isEmpty();
    assertThat(host.spec().etherstubs()).isEmpty();
    assertThat(out("show-vnic").lines()).hasSize(1);
    assertThat(out("show-etherstub --json")).isEqualTo("[]\n");
  }

  @Test
  void shouldMakeShowAndDeleteAnOverlay() {
    out(
        "create-overlay -e vxlan -s direct -v 42 -p vxlan/listen_ip=192.0.2.1"
            + " -p direct/dest_ip=192.0.2.2,direct/dest_port=4789 blue42");
    assertThat(out("show-overlay blue42"))
        .startsWith(
            "LINK               PROPERTY           PERM REQ VALUE      DEFAULT   POSSIBLE\n")
        .contains("blue42             direct/dest_port   rw   y   4789       --        --\n");
    assertThat(out("show-overlay -f"))
        .isEqualTo(
            """
            LINK                STATUS  DETAILS
            blue42              ONLINE  -
            """);
    assertThat(out("show-overlay -t -p -o target,destination"))
        .isEqualTo("*\\:*\\:*\\:*\\:*\\:*:192.0.2.2\\:4789\n");
    assertThat(out("show-overlay --json"))
        .contains("\"direct/dest_ip\":\"192.0.2.2\"")
        .contains("\"counters\":{\"in-delivered\":5}}");
    out("create-vnic -l blue42 -p zone=web net0");
    assertThat(complaint("delete-overlay blue42"))
        .isEqualTo("failed to delete blue42: link busy: blue42 has VNICs");
    out("delete-vnic web/net0");
    out("delete-overlay blue42");
    assertThat(host.spec().overlays()).isEmpty();
  }

  @Test
  void shouldShowTheOtherOverlaysWhenOneIsNone() {
    out("create-etherstub stub0");
    out(
        "create-overlay -e vxlan -s direct -v 42 -p vxlan/listen_ip=192.0.2.1,"
            + "direct/dest_ip=192.0.2.2,direct/dest_port=4789 blue42");
    host.degrade("no such file");
    assertThat(run("show-overlay -f stub0 blue42")).isEqualTo(1);
    assertThat(transcript.err()).isEqualTo("dladm: warning: stub0 is not an overlay\n");
    assertThat(transcript.out()).endsWith("blue42              DEGRADED no such file\n");
    assertThat(run("show-overlay -f -t")).isEqualTo(1);
    assertThat(transcript.err()).startsWith("dladm: only one of -f or -t may be used\nusage: ");
  }
}
