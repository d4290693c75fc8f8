package io.arbalest.cli.dladm;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.cli.host.ImaginaryHost;
import io.arbalest.cli.host.Transcript;
import io.arbalest.cli.verb.Toolbox;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.zone.property.LinkProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkpropTest {
  private final ImaginaryHost host = new ImaginaryHost().zone("web").zone("db");
  private final Toolbox toolbox = new Toolbox(List.of(Dladm.of(host)));
  private Transcript transcript = new Transcript();

  @TempDir Path folder;

  @BeforeEach
  void makeLinks() {
    out("create-etherstub stub0");
    out("create-vnic -l stub0 -m 2:8:20:0:0:1 -p zone=web,allowed-ips=10.0.0.1 net0");
    out("create-vnic -l stub0 -m 2:8:20:0:0:2 -p zone=db net0");
  }

  private int run(String line) {
    transcript = new Transcript();
    return toolbox.run(Transcript.typed(("dladm " + line).split(" ")), transcript);
  }

  private String out(String line) {
    assertThat(run(line)).as(line + transcript.err()).isZero();
    assertThat(transcript.err()).isEmpty();
    return transcript.out();
  }

  private ProtectionSpec web() {
    return host.spec().vnics().getLast().protection();
  }

  @Test
  void shouldShowAllPropertiesOfALink() {
    host.learn("web/net0", "10.0.0.77", "fd00::77");
    assertThat(out("show-linkprop web/net0"))
        .isEqualTo(
            """
            LINK         PROPERTY            PERM VALUE               DEFAULT        POSSIBLE
            web/net0     zone                r-   web                 --             --
            web/net0     mtu                 r-   1450                --             --
            web/net0     protection          rw   mac-nospoof,        mac-nospoof,   mac-nospoof,
                                                  restricted,         restricted,    restricted,
                                                  ip-nospoof,         ip-nospoof,    ip-nospoof,
                                                  dhcp-nospoof        dhcp-nospoof   dhcp-nospoof,
                                                                                     illumos-compat,
                                                                                     none
            web/net0     allowed-ips         rw   10.0.0.1/32         --             --
            web/net0     allowed-dhcp-cids   rw   --                  --             --
            web/net0     allow-all-dhcp-cids rw   false               false          true,
                                                                                     false
            web/net0     dynamic-methods     rw   --                  --             dhcpv4,
                                                                                     dhcpv6,
                                                                                     slaac,
                                                                                     addrconf
            web/net0     promisc-filtered    rw   on                  on             on,
                                                                                     off
            web/net0     secondary-macs      rw   --                  --             --
            web/net0     vrrp-ids            rw   --                  --             1-255
            web/net0     routed-prefixes     rw   --                  --             --
            web/net0     roles               rw   --                  --             dhcp-server,
                                                                                     router
            web/net0     reception           rw   --                  --             own-only,
                                                                                     ra-guard,
                                                                                     dhcp-guard
            web/net0     trusted-servers     rw   --                  --             --
            web/net0     learned-ips         r-   10.0.0.77/32,       --             --
                                                  fd00::77/128
            """);
    assertThat(out("show-linkprop stub0"))
        .isEqualTo(
            """
            LINK         PROPERTY            PERM VALUE               DEFAULT        POSSIBLE
            stub0        zone                r-   --                  --             --
            stub0        mtu                 r-   9000                --             --
            """);
  }

  @Test
  void shouldShowWhatWasAskedForInEveryForm() {
    host.learn("web/net0", "10.0.0.77");
    assertThat(out("show-linkprop -c -o link,property,value -p mtu,allowed-ips web/net0"))
        .isEqualTo("web/net0:mtu:1450\nweb/net0:allowed-ips:10.0.0.1/32\n");
    assertThat(out("show-linkprop -c -o value -p protection web/net0"))
        .isEqualTo("mac-nospoof,restricted,ip-nospoof,dhcp-nospoof\n");
    assertThat(out("show-linkprop -c -o value -p learned-ips -z web net0"))
        .isEqualTo("10.0.0.77/32\n");
    assertThat(out("show-linkprop -c -o property -P web/net0").lines())
        .contains("allowed-ips")
        .doesNotContain("learned-ips");
    assertThat(out("show-linkprop -c -o link -p roles net0")).isEqualTo("db/net0\nweb/net0\n");
    assertThat(out("show-linkprop -c -o link -p mtu")).isEqualTo("db/net0\nstub0\nweb/net0\n");
    assertThat(out("show-linkprop --json -p allowed-ips,roles,zone web/net0"))
        .isEqualTo(
            """
            [
              {"link":"net0","property":"zone","perm":"r-","value":["web"],"default":[],\
            "possible":[]},
              {"link":"net0","property":"allowed-ips","perm":"rw","value":["10.0.0.1/32"],\
            "default":[],"possible":[]},
              {"link":"net0","property":"roles","perm":"rw","value":[],"default":[],\
            "possible":["dhcp-server","router"]}
            ]
            """);
  }

  @Test
  void shouldSetSeveralInOneStepAndResetThem() {
    out("set-linkprop -p allowed-ips=10.0.0.5,10.1.0.0/16,roles=router -p vrrp-ids=7 web/net0");
    assertThat(host.changes()).isEqualTo(1);
    assertThat(web().allowedIps())
        .extracting(Object::toString)
        .containsExactly("10.0.0.5/32", "10.1.0.0/16");
    assertThat(web().grants().roles()).containsExactly("router");
    assertThat(web().grants().vrrp()).containsExactly(7);
    out("reset-linkprop -p roles,vrrp-ids -z web net0");
    assertThat(web().grants()).isEqualTo(ProtectionSpec.Grants.NONE);
    assertThat(web().allowedIps()).hasSize(2);
    out("set-linkprop -p protection=none,dynamic-methods=addrconf web/net0");
    assertThat(web().modes()).isEmpty();
    assertThat(web().methods()).containsExactly("dhcpv6", "slaac");
    out("reset-linkprop web/net0");
    assertThat(web()).isEqualTo(LinkProperties.DEFAULT);
    assertThat(host.spec().vnics().getFirst().protection()).isEqualTo(LinkProperties.DEFAULT);
  }

  /** As in illumos: what is right is set, and the last one decides the exit status. */
  @Test
  void shouldAttemptEveryProperty() {
    assertThat(run("set-linkprop -p roles=king,promisc-filtered=off web/net0")).isZero();
    assertThat(transcript.err())
        .isEqualTo("dladm: link property 'roles' must be one of: dhcp-server,router\n");
    assertThat(web().reception().promiscFiltered()).isFalse();
    assertThat(run("set-linkprop -p promisc-filtered=on,nonsense=1,vrrp-ids=300 web/net0"))
        .isEqualTo(1);
    assertThat(transcript.err())
        .isEqualTo(
            """
            dladm: invalid link property 'nonsense'
            dladm: cannot set link property 'vrrp-ids' on 'web/net0': invalid value: '300'; \
            allowed: 1 to 255
            """);
    assertThat(web().reception().promiscFiltered()).isTrue();
  }

  @Test
  void shouldSetOneByOneWhatDoesNotGoTogether() {
    assertThat(run("set-linkprop -p secondary-macs=2:8:20:0:0:2,roles=router web/net0")).isZero();
    assertThat(transcript.err())
        .startsWith(
            "dladm: cannot set link property 'secondary-macs' on 'web/net0': MAC address is already"
                + " in use");
    assertThat(web().grants().roles()).containsExactly("router");
    assertThat(web().grants().macs()).isEmpty();
  }

  @Test
  void shouldReadManyValuesFromAFile() throws IOException {
    Path file = folder.resolve("prefixes");
    String lines =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "10.%d.%d.0/24  # net %d\n".formatted(i / 256, i % 256, i))
            .collect(Collectors.joining());
    Files.writeString(file, "# ours\n\n" + lines);
    out("set-linkprop -p routed-prefixes=@" + file + " web/net0");
    assertThat(web().grants().routedPrefixes()).hasSize(5_000);
    Files.writeString(file, "10.0.0.0/24\nnonsense\n");
    assertThat(run("set-linkprop -p routed-prefixes=@" + file + " web/net0")).isEqualTo(1);
    assertThat(transcript.err()).contains("invalid value: ").contains("nonsense");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertThat(run("set-linkprop -p routed-prefixes=@" + file + " web/net0")).isEqualTo(1);
    assertThat(transcript.err()).contains("at most 1048576 bytes allowed");
    assertThat(web().grants().routedPrefixes()).hasSize(5_000);
  }

  @Test
  void shouldSeeAFileFromWhereTheCallerStands() {
    assertThat(run("set-linkprop -p routed-prefixes=@none.txt web/net0")).isEqualTo(1);
    assertThat(transcript.err())
        .isEqualTo("dladm: routed-prefixes: '/home/op/none.txt' is not a file\n");
    assertThat(run("set-linkprop -p allowed-ips=@/dev/zero web/net0")).isEqualTo(1);
    assertThat(transcript.err()).isEqualTo("dladm: allowed-ips: '/dev/zero' is not a file\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          set-linkprop web/net0                               | link property must be specified
          set-linkprop -p roles web/net0                      | no value specified for 'roles'
          set-linkprop -p roles= web/net0                     | no value specified for 'roles'
          set-linkprop -p roles=router, web/net0              | no value specified for 'roles'
          set-linkprop -p nonsense web/net0                   | invalid link property 'nonsense'
          set-linkprop -p nonsense=1 web/net0                 | invalid link property 'nonsense'
          set-linkprop -p =1 web/net0                         | invalid link properties specified '=1'
          set-linkprop -p roles=router,roles=router web/net0  | invalid link properties specified
          set-linkprop -p roles=router -p roles=router net0   | invalid link properties specified
          set-linkprop -p protection=x web/net0               | link property 'protection' must be one of: mac-nospoof,restricted,ip-nospoof,dhcp-nospoof,illumos-compat,none
          set-linkprop -p allow-all-dhcp-cids=yes web/net0    | link property 'allow-all-dhcp-cids' must be one of: true,false
          set-linkprop -p allow-all-dhcp-cids=true,true web/net0 | cannot set link property 'allow-all-dhcp-cids' on 'web/net0': invalid number of values: one is allowed
          set-linkprop -p allowed-ips=10.0.0.1/8 web/net0     | cannot set link property 'allowed-ips' on 'web/net0': invalid value: '10.0.0.1/8': host bits must be zero; 10.0.0.1/32 or 10.0.0.0/8 is allowed
          set-linkprop -p allowed-dhcp-cids=0x123 web/net0    | cannot set link property 'allowed-dhcp-cids' on 'web/net0': invalid value: allowed-dhcp-cids '0x123'
          set-linkprop -p zone=db web/net0                    | cannot set link property 'zone' on 'web/net0': read-only property
          set-linkprop -p mtu=1400 web/net0                   | cannot set link property 'mtu' on 'web/net0': read-only property
          set-linkprop -p learned-ips=10.0.0.9 web/net0       | cannot set link property 'learned-ips' on 'web/net0': read-only property
          set-linkprop -p roles=router stub0                  | cannot set link property 'roles' on 'stub0': operation not supported
          set-linkprop -p roles=router net0                   | 'net0' is ambiguous: db/net0, web/net0
          set-linkprop -p roles=router -z mail net0           | invalid link name 'net0'
          set-linkprop -p roles=router nope0                  | invalid link name 'nope0'
          set-linkprop -t -p roles=router web/net0            | unrecognized option '-t'
          set-linkprop -p                                     | option '-p' requires a value
          reset-linkprop -p nonsense web/net0                 | invalid link property 'nonsense'
          reset-linkprop -p mtu web/net0                      | cannot reset link property 'mtu' on 'web/net0': read-only property
          reset-linkprop stub0                                | 'stub0' is not a vnic
          reset-linkprop -p roles stub0                       | cannot reset link property 'roles' on 'stub0': operation not supported
          reset-linkprop nope0                                | invalid link name 'nope0'
          show-linkprop -p nonsense web/net0                  | invalid link property 'nonsense'
          show-linkprop nope0                                 | invalid link name 'nope0'
          show-linkprop -p roles stub0                        | link 'stub0' has no property 'roles'
          show-linkprop -c                                    | output fields must be specified in parsable mode
          show-linkprop -c -o all                             | output field `all' invalid in parsable mode
          show-linkprop -c -o nope web/net0                   | unknown output field: `nope'
          show-linkprop -c --json -o link                     | the option -c cannot be used with --json
          show-linkprop -z                                    | option '-z' requires a value
          show-linkprop a b                                   | unexpected argument 'b'
          """)
  void shouldComplainInIllumossWords(String line, String complaint) {
    var before = host.spec();
    assertThat(run(line)).isEqualTo(1);
    assertThat(transcript.err()).startsWith("dladm: " + complaint);
    assertThat(transcript.out()).isEmpty();
    assertThat(host.spec()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"set-linkprop -p roles=router", "reset-linkprop"})
  void shouldShowTheUsageWithoutALink(String line) {
    assertThat(run(line)).isEqualTo(1);
    assertThat(transcript.err()).startsWith("usage: dladm " + line.split(" ")[0]);
  }

  @Test
  void shouldPassTheKernelsWordsOn() {
    host.failWith(new KernelException("BPF_MAP_UPDATE_ELEM", Errno.E2BIG, "the map is full"));
    assertThat(run("set-linkprop -p allowed-ips=10.0.0.5 web/net0")).isEqualTo(1);
    assertThat(transcript.err())
        .startsWith(
            "dladm: cannot set link property 'allowed-ips' on 'web/net0': invalid argument:"
                + " BPF_MAP_UPDATE_ELEM");
  }
}
