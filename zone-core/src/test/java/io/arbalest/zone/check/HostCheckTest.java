package io.arbalest.zone.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.ZoneSpec;
import io.arbalest.zone.check.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostCheckTest {
  private static final List<String> PORTS = List.of("v1", "v2");

  @TempDir Path root;

  @BeforeEach
  void makeAHealthyKernel() throws IOException {
    write("proc/filesystems", "nodev\tbpf\nnodev\tcgroup2\n\text4\n");
    write("sys/kernel/btf/vmlinux", "");
    write("proc/sys/kernel/osrelease", "6.1.0-39-amd64\n");
    write("proc/sys/kernel/unprivileged_bpf_disabled", "2\n");
    write("proc/sys/net/ipv4/neigh/default/gc_thresh3", "1024\n");
    for (String port : PORTS) {
      write("proc/sys/net/ipv6/conf/" + port + "/accept_ra", "1\n");
      write("proc/sys/net/ipv6/conf/" + port + "/disable_ipv6", "1\n");
      write("proc/sys/net/ipv4/conf/" + port + "/forwarding", "0\n");
      write("proc/sys/net/ipv4/conf/" + port + "/proxy_arp", "0\n");
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<Finding> bad() {
    return HostCheck.read(root, PORTS).stream().filter(f -> f.level() != Level.OK).toList();
  }

  @Test
  void shouldFindNothingWrongWithAHealthyKernel() {
    assertThat(bad()).isEmpty();
    assertThat(HostCheck.read(root, PORTS))
        .extracting(Finding::subject)
        .doesNotContain("net.bridge.bridge-nf-call-iptables");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          proc/sys/kernel/osrelease                 | 6.0.19   | FAIL | kernel | 6.0.19
          proc/sys/kernel/osrelease                 | 5.15.0-1 | FAIL | kernel | 5.15.0-1
          proc/sys/kernel/osrelease                 | strange  | FAIL | kernel | strange
          proc/filesystems                          | nothing  | FAIL | bpf file system | not there
          proc/sys/kernel/unprivileged_bpf_disabled | 0        | WARN | kernel.unprivileged_bpf_disabled | 0
          proc/sys/net/ipv4/neigh/default/gc_thresh3 | 512     | WARN | net.ipv4.neigh.default.gc_thresh3 | 512
          proc/sys/net/ipv6/conf/v2/disable_ipv6    | 0        | WARN | accept_ra of ports | on at v2
          proc/sys/net/ipv4/conf/v1/forwarding      | 1        | WARN | forwarding of ports | on at v1
          proc/sys/net/ipv4/conf/v2/proxy_arp       | 1        | WARN | proxy_arp of ports | on at v2
          proc/sys/net/bridge/bridge-nf-call-iptables | 1      | WARN | net.bridge.bridge-nf-call-iptables | 1
          proc/sys/net/bridge/bridge-nf-call-arptables | 1     | WARN | net.bridge.bridge-nf-call-arptables | 1
          """)
  void shouldFindWhatIsWrong(String path, String text, Level level, String subject, String found)
      throws IOException {
    write(path, text + "\n");
    assertThat(bad())
        .anySatisfy(
            finding -> {
              assertThat(finding.level()).isEqualTo(level);
              assertThat(finding.subject()).isEqualTo(subject);
              assertThat(finding.found()).isEqualTo(found);
              assertThat(finding.why()).isNotBlank();
              assertThat(finding.change()).isNotBlank();
            });
  }

  @Test
  void shouldTakeNewerKernels() throws IOException {
    for (String release : List.of("6.1", "6.18.44-fc", "7.0.0", "10.2")) {
      write("proc/sys/kernel/osrelease", release);
      assertThat(bad()).isEmpty();
    }
  }

  @Test
  void shouldNotMindFilesThatAreNotThere() throws IOException {
    Files.delete(root.resolve("proc/sys/kernel/unprivileged_bpf_disabled"));
    Files.delete(root.resolve("proc/sys/net/ipv4/neigh/default/gc_thresh3"));
    Files.delete(root.resolve("proc/sys/net/ipv6/conf/v1/accept_ra"));
    Files.delete(root.resolve("sys/kernel/btf/vmlinux"));
    assertThat(bad()).extracting(Finding::subject).containsExactly("BTF of the kernel");
  }

  @Test
  void shouldWantMoreNeighboursForManyVnics() {
    List<String> many = java.util.stream.IntStream.range(0, 100).mapToObj(i -> "p" + i).toList();
    assertThat(HostCheck.read(root, many))
        .filteredOn(finding -> finding.level() == Level.WARN)
        .extracting(Finding::change)
        .containsExactly("sysctl net.ipv4.neigh.default.gc_thresh3=1600");
  }

  @Test
  void shouldSayWhatATrialWasRefused() {
    Finding good = Trials.tried(Level.FAIL, "x", () -> {}, "why", "change");
    assertThat(good.level()).isEqualTo(Level.OK);
    Finding bad =
        Trials.tried(
            Level.FAIL,
            "x",
            () -> {
              throw new KernelException("open /dev/net/tun", Errno.ENOENT, "no such device");
            },
            "why",
            "change");
    assertThat(bad.level()).isEqualTo(Level.FAIL);
    assertThat(bad.found()).startsWith("refused: open /dev/net/tun");
  }

  @Test
  void shouldNameWhatWeakensProtection() {
    EtherstubSpec stub = new EtherstubSpec(new LinkName("stub0"));
    HostSpec host =
        new HostSpec(
            List.of(stub),
            List.of(),
            List.of(ZoneSpec.stackOnly(new ZoneName("web"))),
            List.of(
                vnic("web/net0", 1),
                vnic("web/net1", 2, "illumos-compat"),
                vnic("net0", 3, "restricted")),
            List.of());
    String filter = "port vnic-0 of web/net0: guard missing; attached again";
    assertThat(
            HostCheck.wanted(
                host, List.of("overlay blue42: no such file", filter), List.of(filter)))
        .extracting(f -> f.level() + " " + f.subject() + ": " + f.found())
        .containsExactly(
            "WARN VNICs without protection: web/net0",
            "WARN VNICs in illumos's way: web/net1",
            "WARN VNICs in the global zone: net0",
            "FAIL daemon: overlay blue42: no such file",
            "WARN repaired: " + filter);
    assertThat(HostCheck.wanted(HostSpec.EMPTY, List.of(), List.of()))
        .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.OK));
  }

  private static VnicSpec vnic(String key, int mac, String... modes) {
    return new VnicSpec(
        VnicKey.parse(key),
        new LinkName("stub0"),
        MacAssignment.fixed(MacAddress.of(0x0208_2000_0000L + mac)),
        OptionalInt.empty(),
        ProtectionSpec.of(Set.of(modes), List.of()));
  }
}
