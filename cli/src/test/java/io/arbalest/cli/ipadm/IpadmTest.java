package io.arbalest.cli.ipadm;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.cli.host.ImaginaryHost;
import io.arbalest.cli.host.Transcript;
import io.arbalest.cli.verb.Toolbox;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IpadmTest {
  private final ImaginaryHost host =
      new ImaginaryHost()
          .zone("web")
          .address("web", "net0", "v4", "10.42.0.10/24")
          .address("web", "net0", "v6", "fd42::10/64")
          .address("", "lo", "v4", "127.0.0.1/8");
  private final Toolbox toolbox = new Toolbox(List.of(Ipadm.of(host)));
  private Transcript transcript = new Transcript();

  private int run(String line) {
    transcript = new Transcript();
    return toolbox.run(Transcript.typed(("ipadm " + line).split(" ")), transcript);
  }

  private String out(String line) {
    assertThat(run(line)).as(line).isZero();
    return transcript.out();
  }

  @Test
  void shouldListAddressesOfAllZones() {
    assertThat(out("show-addr"))
        .isEqualTo(
            """
            ADDROBJ           TYPE     STATE        ADDR
            web/net0/v4       static   ok           10.42.0.10/24
            web/net0/v6       static   ok           fd42::10/64
            lo/v4             static   ok           127.0.0.1/8
            """);
  }

  @Test
  void shouldListOneZoneAsItsAdministratorSeesIt() {
    assertThat(out("show-addr -z web"))
        .isEqualTo(
            """
            ADDROBJ           TYPE     STATE        ADDR
            net0/v4           static   ok           10.42.0.10/24
            net0/v6           static   ok           fd42::10/64
            """);
    assertThat(out("show-addr -z global -p -o addrobj")).isEqualTo("lo/v4\n");
  }

  @Test
  void shouldEscapeIpv6ForScripts() {
    assertThat(out("show-addr -z web -p -o addrobj,addr net0/v6"))
        .isEqualTo("net0/v6:fd42\\:\\:10/64\n");
    assertThat(out("show-addr -p -o addr web/net0/v6")).isEqualTo("fd42::10/64\n");
  }

  @Test
  void shouldListAddressesForPrograms() {
    assertThat(out("show-addr --json net0/v4"))
        .isEqualTo(
            """
            [
              {"addrobj":"net0/v4","type":"static","state":"ok","addr":"10.42.0.10/24","zone":"web"}
            ]
            """);
  }

  @Test
  void shouldComplainInIllumossWords() {
    assertThat(run("show-addr nope0/v4")).isEqualTo(1);
    assertThat(transcript.err()).isEqualTo("ipadm: Address object not found\n");
    assertThat(run("show-addr -z nope")).isEqualTo(1);
    assertThat(transcript.err()).isEqualTo("ipadm: zone 'nope' unknown\n");
    assertThat(run("create-addr")).isEqualTo(1);
    assertThat(transcript.err()).startsWith("ipadm: unknown subcommand 'create-addr'\n");
  }
}
