package io.arbalest.cli.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.DropEvent;
import io.arbalest.antispoof.explain.PcapCodec;
import io.arbalest.antispoof.explain.PcapPacket;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.cli.dladm.Dladm;
import io.arbalest.cli.host.ImaginaryHost;
import io.arbalest.cli.host.Transcript;
import io.arbalest.cli.verb.Tool;
import io.arbalest.cli.verb.Toolbox;
import io.arbalest.vnic.VnicKey;
import io.arbalest.zone.host.SeenDrop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DropsTest {
  /** ARP who-has 10.0.0.1 tell 10.0.0.99. */
  private static final String ARP =
      "ffffffffffff"
          + "020820112233"
          + "0806"
          + "0001080006040001"
          + "0208201122330a0000630000000000000a000001";

  private final ImaginaryHost host = new ImaginaryHost().zone("web").zone("db");
  private Toolbox toolbox = new Toolbox(List.of());
  private Transcript transcript = new Transcript();

  @TempDir Path folder;

  @BeforeEach
  void makeLinks() {
    List<Tool> tools = new ArrayList<>(ProtectionTools.of(host));
    tools.add(Dladm.of(host));
    toolbox = new Toolbox(tools);
    run("dladm create-etherstub stub0");
    run("dladm create-vnic -l stub0 -p zone=web net0");
    run("dladm create-vnic -l stub0 -p zone=db net0");
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

  private static SeenDrop drop(String vnic, DropReason reason, long millis, long suppressed) {
    byte[] head = HexFormat.of().parseHex(ARP);
    DropEvent event = new DropEvent(millis, 7, Direction.FROM_ZONE, reason, 60, head, suppressed);
    Optional<VnicKey> key = vnic.isEmpty() ? Optional.empty() : Optional.of(VnicKey.parse(vnic));
    return new SeenDrop(key, event, millis);
  }

  private void dropThree() {
    host.dropLog().add(drop("web/net0", DropReason.ARP_SENDER_IP, 1_700_000_000_000L, 0));
    host.dropLog().add(drop("db/net0", DropReason.SOURCE_MAC, 1_700_000_000_250L, 41));
    host.dropLog().add(drop("", DropReason.NO_POLICY, 1_700_000_001_000L, 0));
  }

  @Test
  void shouldListDropsNewestLast() {
    dropThree();
    assertThat(out("drops"))
        .isEqualTo(
            """
            TIME                      LINK           DIRECTION REASON                  LENGTH SUPPRESSED FRAME
            2023-11-14T22:13:20.000Z  web/net0       from-zone arp-sender-ip           60     0          ARP who-has 10.0.0.1 tell 10.0.0.99
            2023-11-14T22:13:20.250Z  db/net0        from-zone source-mac              60     41         ARP who-has 10.0.0.1 tell 10.0.0.99
            2023-11-14T22:13:21.000Z  --             from-zone no-policy               60     0          ARP who-has 10.0.0.1 tell 10.0.0.99
            """);
    assertThat(out("drops -n 1").lines()).hasSize(2).last().asString().contains("no-policy");
    assertThat(out("drops -n 0").lines()).hasSize(1);
    assertThat(out("drops --vnic web/net0").lines()).hasSize(2);
    assertThat(out("drops --vnic db/net0 -n 5").lines()).last().asString().contains("source-mac");
  }

  @Test
  void shouldBeAHeaderWithoutDropsAndNothingAsJson() {
    assertThat(out("drops").lines()).hasSize(1);
    assertThat(out("drops --json")).isEmpty();
  }

  @Test
  void shouldWriteALineOfJsonForEach() {
    dropThree();
    assertThat(out("drops --json --vnic db/net0"))
        .isEqualTo(
            "{\"time\":\"2023-11-14T22:13:20.250Z\",\"link\":\"db/net0\","
                + "\"direction\":\"from-zone\",\"reason\":\"source-mac\",\"length\":60,"
                + "\"suppressed\":41,\"frame\":\"ARP who-has 10.0.0.1 tell 10.0.0.99\","
                + "\"zone\":\"db\",\"ifindex\":7,\"head\":\""
                + ARP
                + "\"}\n");
    assertThat(out("drops --json").lines())
        .hasSize(3)
        .last()
        .asString()
        .contains("\"link\":null")
        .contains("\"zone\":null");
  }

  @Test
  void shouldFollowUntilTheCallerGoesAway() {
    dropThree();
    host.dropLog().addLater(host.dropLog().recent().getLast());
    host.dropLog().addLater(drop("web/net0", DropReason.ETHERTYPE, 1_700_000_002_000L, 0));
    host.dropLog().addLater(drop("db/net0", DropReason.LLC, 1_700_000_003_000L, 0));
    transcript = new Transcript();
    transcript.leaveAfter(5);
    assertThat(toolbox.run(Transcript.typed("drops", "-f", "-n", "1", "--json"), transcript))
        .isZero();
    assertThat(
            transcript.out().lines().map(line -> line.replaceAll(".*reason\":\"([^\"]*).*", "$1")))
        .containsExactly("no-policy", "ethertype", "llc");
    assertThat(host.dropLog().followers()).isZero();
  }

  @Test
  void shouldFollowOneVnicAndSayWhatItMissed() {
    host.dropLog().addLater(drop("web/net0", DropReason.ETHERTYPE, 1, 0));
    host.dropLog().addLater(drop("db/net0", DropReason.LLC, 2, 0));
    host.dropLog().miss(9);
    transcript = new Transcript();
    transcript.leaveAfter(4);
    var typed = Transcript.typed("drops", "-f", "--vnic", "db/net0");
    assertThat(toolbox.run(typed, transcript)).isZero();
    assertThat(transcript.out()).contains("llc").doesNotContain("ethertype");
    assertThat(transcript.err())
        .isEqualTo("drops: warning: 9 drops came faster than they could be shown\n");
  }

  @Test
  void shouldWriteACapture() throws IOException {
    dropThree();
    Path file = folder.resolve("drops.pcap");
    assertThat(out("drops --pcap " + file)).isEqualTo("3 frames written to " + file + "\n");
    List<PcapPacket> packets = PcapCodec.decode(Files.readAllBytes(file));
    assertThat(packets).hasSize(3);
    assertThat(packets.get(1).seconds()).isEqualTo(1_700_000_000L);
    assertThat(packets.get(1).nanos()).isEqualTo(250_000_000);
    assertThat(packets.get(1).length()).isEqualTo(60);
    assertThat(HexFormat.of().formatHex(packets.get(1).bytes())).isEqualTo(ARP);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldWriteOverAFileOnlyWhenTold() throws IOException {
    dropThree();
    Path file = folder.resolve("drops.pcap");
    Files.writeString(file, "precious".repeat(100));
    assertThat(run("drops --pcap " + file)).isEqualTo(1);
    assertThat(transcript.err()).isEqualTo("drops: '" + file + "' exists; see --force\n");
    assertThat(file).content().startsWith("precious");
    out("drops --force --pcap " + file);
    assertThat(PcapCodec.decode(Files.readAllBytes(file))).hasSize(3);
  }

  @Test
  void shouldNeverWriteThroughASymbolicLink() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "precious");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    assertThat(run("drops --force --pcap " + link)).isEqualTo(1);
    assertThat(transcript.err()).isEqualTo("drops: '" + link + "' exists\n");
    assertThat(run("drops --pcap " + folder.resolve("none/x"))).isEqualTo(1);
    assertThat(transcript.err()).startsWith("drops: cannot write '").contains("NoSuchFile");
    assertThat(run("drops --force --pcap " + folder)).isEqualTo(1);
    assertThat(target).content().isEqualTo("precious");
  }

  @Test
  void shouldMakeTheFileWhereTheCallerStands() {
    assertThat(run("drops --pcap x.pcap")).isEqualTo(1);
    assertThat(transcript.err()).startsWith("drops: cannot write '/home/op/x.pcap'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          drops --vnic nope0           | 1 | invalid link name 'nope0'
          drops --vnic stub0           | 1 | 'stub0' is not a vnic
          drops --vnic net0            | 1 | 'net0' is ambiguous: db/net0, web/net0
          drops -n x                   | 1 | invalid count 'x'; allowed: 0 to 4096
          drops -n -1                  | 1 | invalid count '-1'; allowed: 0 to 4096
          drops -n 4097                | 1 | invalid count '4097'; allowed: 0 to 4096
          drops -n                     | 2 | option '-n' requires a value
          drops --json --pcap x        | 2 | only one of --json or --pcap may be used
          drops --force                | 2 | the option --force can be used only with --pcap
          drops -q                     | 2 | unrecognized option '-q'
          drops now                    | 2 | unexpected argument 'now'
          drops -n 1 -n 2              | 1 | the option -n cannot be specified more than once
          """)
  void shouldRefuseNonsense(String line, int status, String complaint) {
    assertThat(run(line)).isEqualTo(status);
    assertThat(transcript.err()).startsWith("drops: " + complaint);
    assertThat(transcript.err().contains("usage: drops [-f]")).isEqualTo(status == 2);
    assertThat(transcript.out()).isEmpty();
  }

  @Test
  void shouldHelp() {
    assertThat(out("drops --help")).startsWith("usage: drops [-f] [--vnic <vnic-link>]");
    assertThat(out("drops help")).isEqualTo(out("drops --help"));
    assertThat(toolbox.readsOnly(Transcript.typed("drops", "-f"))).isTrue();
  }
}
