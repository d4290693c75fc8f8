package io.arbalest.cli.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Rehearsal;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.cli.dladm.Dladm;
import io.arbalest.cli.host.ImaginaryHost;
import io.arbalest.cli.host.Transcript;
import io.arbalest.cli.verb.Tool;
import io.arbalest.cli.verb.Toolbox;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelfTestTest {
  private final ImaginaryHost host = new ImaginaryHost().zone("web").zone("db");
  private Toolbox toolbox = new Toolbox(List.of());
  private Transcript transcript = new Transcript();

  @BeforeEach
  void makeLinks() {
    List<Tool> tools = new ArrayList<>(ProtectionTools.of(host));
    tools.add(Dladm.of(host));
    toolbox = new Toolbox(tools);
    run("dladm create-etherstub stub0");
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

  private void makeVnics() {
    run("dladm create-vnic -l stub0 -p zone=web,allowed-ips=10.0.0.5,allowed-ips=x net0");
    out("dladm create-vnic -l stub0 -p zone=web,allowed-ips=10.0.0.5,fd00::5 net0");
    out("dladm create-vnic -l stub0 -p zone=db,protection=none net0");
  }

  @Test
  void shouldPrintAMatrixOfAllVnics() {
    makeVnics();
    String matrix = out("selftest protection");
    assertThat(matrix.lines().findFirst().orElse(""))
        .isEqualTo("FRAME                     db/net0  web/net0");
    assertThat(matrix.lines())
        .contains(
            "eth-foreign-mac           pass     source-mac",
            "arp-request               --       pass",
            "arp-foreign-ip            pass     arp-sender-ip",
            "ipv6-udp                  --       pass",
            "nd-router-advertisement   pass     nd-router-advertisement",
            "to-zone-own               pass     pass");
    assertThat(out("selftest protection --vnic web/net0").lines().findFirst().orElse(""))
        .isEqualTo("FRAME                     web/net0");
  }

  @Test
  void shouldBeSilentWithoutVnics() {
    assertThat(out("selftest protection")).isEqualTo("FRAME\n");
    assertThat(out("selftest protection --json")).isEqualTo("[]\n");
  }

  @Test
  void shouldNameEverySurprise() {
    makeVnics();
    host.rehearseAs(new Rehearsal(Optional.empty()));
    assertThat(run("selftest protection --vnic web/net0")).isEqualTo(1);
    assertThat(transcript.err())
        .contains(
            "selftest: web/net0: eth-foreign-mac: the program says pass, the rules say"
                + " source-mac\n")
        .doesNotContain("arp-request");
    assertThat(transcript.out()).contains("eth-foreign-mac           pass (!)\n");
    host.rehearseAs(new Rehearsal(Optional.of(DropReason.LLC)));
    assertThat(run("selftest protection --json --vnic db/net0")).isEqualTo(1);
    assertThat(transcript.out())
        .contains(
            "\"kind\":\"arp-foreign-ip\",\"direction\":\"from-zone\",\"said\":\"llc\",\"expected\":\"pass\",\"surprise\":\"the"
                + " program says llc, the rules say pass\"}");
  }

  @Test
  void shouldSayThatAProgramCannotBeAsked() {
    makeVnics();
    host.rehearseWith(new KernelException("BPF_PROG_TEST_RUN", Errno.EPERM, ""));
    assertThat(run("selftest protection")).isEqualTo(1);
    assertThat(transcript.err()).startsWith("selftest: cannot ask the program of db/net0: ");
  }

  @Test
  void shouldBeAnArrayForPrograms() {
    makeVnics();
    assertThat(out("selftest protection --json"))
        .contains(
            "{\"link\":\"web/net0\",\"kind\":\"arp-request\",\"direction\":\"from-zone\","
                + "\"said\":\"pass\",\"expected\":\"pass\",\"surprise\":null}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          selftest                         | 2 | need what to test: protection
          selftest everything              | 2 | need what to test: protection
          selftest protection --vnic nope0 | 1 | invalid link name 'nope0'
          selftest protection --vnic stub0 | 1 | 'stub0' is not a vnic
          selftest protection --vnic       | 2 | option '--vnic' requires a value
          selftest protection -x           | 2 | unrecognized option '-x'
          selftest protection now          | 2 | unexpected argument 'now'
          """)
  void shouldRefuseNonsense(String line, int status, String complaint) {
    assertThat(run(line)).isEqualTo(status);
    assertThat(transcript.err()).startsWith("selftest: " + complaint);
    assertThat(transcript.out()).isEmpty();
  }
}
