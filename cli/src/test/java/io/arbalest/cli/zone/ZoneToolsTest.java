package io.arbalest.cli.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.cli.host.ImaginaryHost;
import io.arbalest.cli.host.Transcript;
import io.arbalest.cli.verb.Toolbox;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ZoneToolsTest {
  private final ImaginaryHost host =
      new ImaginaryHost().zone("web").zone("a-zone-with-a-long-name").stoppedZone("old");
  private final Toolbox toolbox = new Toolbox(List.of(new Zoneadm(host), new Zlogin(host)));
  private Transcript transcript = new Transcript();

  private int run(String... words) {
    transcript = new Transcript();
    return toolbox.run(Transcript.typed(words), transcript);
  }

  private String out(String line) {
    assertThat(run(line.split(" "))).as(line).isZero();
    return transcript.out();
  }

  @Test
  void shouldListNamesOfRunningZones() {
    assertThat(out("zoneadm list")).isEqualTo("global\na-zone-with-a-long-name\nweb\n");
    assertThat(out("zoneadm list -n")).isEqualTo("a-zone-with-a-long-name\nweb\n");
    assertThat(out("zoneadm list -nc")).isEqualTo("a-zone-with-a-long-name\nold\nweb\n");
  }

  @Test
  void shouldListZonesInIllumossColumns() {
    assertThat(out("zoneadm list -cv"))
        .isEqualTo(
            """
              ID NAME             STATUS     PATH                           BRAND    IP\s\s\s\s
               0 global           running    /                              linux    shared
               2 a-zone-with-a-long-name running    /run/netns/a-zone-with-a-long-name stack-only excl\s\s
               - old              configured /run/netns/old                 stack-only excl\s\s
               3 web              running    /run/netns/web                 stack-only excl\s\s
            """);
  }

  @Test
  void shouldListZonesForScriptsInEightFields() {
    assertThat(out("zoneadm list -cp").lines())
        .contains("0:global:running:/::linux:shared:0")
        .contains("-:old:configured:/run/netns/old::stack-only:excl:-")
        .contains("3:web:running:/run/netns/web::stack-only:excl:3");
  }

  @Test
  void shouldListZonesForPrograms() {
    assertThat(out("zoneadm list -cn --json"))
        .contains("{\"id\":3,\"name\":\"web\",\"state\":\"running\",\"path\":\"/run/netns/web\",")
        .contains("{\"id\":null,\"name\":\"old\",\"state\":\"configured\"");
  }

  @Test
  void shouldListOneZone() {
    assertThat(out("zoneadm -z web list")).isEqualTo("web\n");
    assertThat(out("zoneadm -z old list -p")).startsWith("-:old:");
    assertThat(out("zoneadm -z global list")).isEqualTo("global\n");
  }

  @Test
  void shouldComplainInIllumossWords() {
    assertThat(run("zoneadm", "list", "-pv")).isEqualTo(1);
    assertThat(transcript.err()).isEqualTo("zoneadm: list -p and -v are mutually exclusive.\n");
    assertThat(run("zoneadm", "-z", "nope", "list")).isEqualTo(1);
    assertThat(transcript.err()).isEqualTo("zoneadm: nope: No such zone configured\n");
    assertThat(run("zoneadm", "-z", "web", "list", "-c")).isEqualTo(2);
    assertThat(transcript.err()).startsWith("usage: zoneadm list");
    assertThat(run("zoneadm")).isEqualTo(2);
    assertThat(run("zoneadm", "-z")).isEqualTo(2);
    assertThat(run("zoneadm", "list", "-x")).isEqualTo(2);
    assertThat(run("zoneadm", "list", "extra")).isEqualTo(2);
    assertThat(run("zoneadm", "reboot")).isEqualTo(2);
  }

  @Test
  void shouldLaunchTheCommandWithItsWordsUntouched() {
    assertThat(run("zlogin", "web", "sh", "-c", "a  b; c", "--", "-z", "@x")).isZero();
    assertThat(transcript.launched())
        .containsExactly(
            "/usr/bin/nsenter",
            "--net=/run/netns/web",
            "--",
            "sh",
            "-c",
            "a  b; c",
            "--",
            "-z",
            "@x");
    assertThat(transcript.out()).isEmpty();
  }

  @Test
  void shouldLaunchAShellWithoutACommand() {
    assertThat(run("zlogin", "web")).isZero();
    assertThat(transcript.launched()).endsWith("--", "/bin/sh", "-i");
  }

  @Test
  void shouldNotEnterWhatIsNotARunningZone() {
    assertThat(run("zlogin", "nope", "true")).isEqualTo(1);
    assertThat(transcript.err()).isEqualTo("zlogin: zone 'nope' unknown\n");
    assertThat(run("zlogin", "../web", "true")).isEqualTo(1);
    assertThat(run("zlogin", "old", "true")).isEqualTo(1);
    assertThat(transcript.err())
        .isEqualTo("zlogin: login allowed only to running zones (old is 'configured').\n");
    assertThat(run("zlogin", "global", "true")).isEqualTo(1);
    assertThat(transcript.err()).isEqualTo("zlogin: 'zlogin' not applicable to the global zone\n");
    assertThat(transcript.launched()).isEmpty();
  }

  @Test
  void shouldShowItsUsageForWordsThatMakeNoSense() {
    assertThat(run("zlogin")).isEqualTo(2);
    assertThat(transcript.err()).startsWith("usage: zlogin");
    assertThat(run("zlogin", "-q", "web")).isEqualTo(2);
    assertThat(transcript.err()).startsWith("zlogin: unrecognized option '-q'\nusage: zlogin");
    assertThat(run("zlogin", "--help")).isZero();
  }
}
