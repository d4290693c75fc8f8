package io.arbalest.cli.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.cli.host.ImaginaryHost;
import io.arbalest.cli.host.Transcript;
import io.arbalest.cli.verb.Toolbox;
import io.arbalest.zone.check.Finding;
import io.arbalest.zone.check.Finding.Level;
import org.junit.jupiter.api.Test;

final class CheckTest {
  private static final Finding GOOD =
      new Finding(Level.OK, "kernel", "6.18", "much needs it", "a newer kernel");
  private static final Finding ODD =
      new Finding(Level.WARN, "accept_ra of ports", "on at v1", "it could be led", "sysctl x=0");
  private static final Finding BAD =
      new Finding(Level.FAIL, "TAP devices", "refused", "overlays need them", "modprobe tun");

  private final ImaginaryHost host = new ImaginaryHost();
  private final Toolbox toolbox = new Toolbox(ProtectionTools.of(host));
  private Transcript transcript = new Transcript();

  private int run(String line) {
    transcript = new Transcript();
    return toolbox.run(Transcript.typed(line.split(" ")), transcript);
  }

  @Test
  void shouldSayWhyAndHowToChangeWhatIsNotWell() {
    host.find(GOOD);
    host.find(ODD);
    assertThat(run("check")).isZero();
    assertThat(transcript.out())
        .isEqualTo(
            """
            ok    kernel: 6.18
            warn  accept_ra of ports: on at v1
                  why: it could be led
                  change: sysctl x=0
            """);
    host.find(BAD);
    assertThat(run("check")).isEqualTo(1);
    assertThat(transcript.out()).contains("fail  TAP devices: refused\n");
  }

  @Test
  void shouldBeAnArrayForPrograms() {
    host.find(BAD);
    assertThat(run("check --json")).isEqualTo(1);
    assertThat(transcript.out())
        .isEqualTo(
            """
            [
              {"level":"fail","subject":"TAP devices","found":"refused","why":"overlays need them",\
            "change":"modprobe tun"}
            ]
            """);
  }

  @Test
  void shouldRefuseNonsense() {
    assertThat(run("check now")).isEqualTo(2);
    assertThat(transcript.err())
        .isEqualTo("check: unexpected argument 'now'\nusage: check [--json]\n");
    assertThat(run("check -x")).isEqualTo(2);
    assertThat(run("check --help")).isZero();
    assertThat(transcript.out()).isEqualTo("usage: check [--json]\n");
  }
}
