package io.arbalest.linux.rtnetlink;

import static io.arbalest.linux.rtnetlink.LinksKernelTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.testing.Privileged;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Privileged
class TrafficKernelTest {
  private NetworkNamespace host;
  private Rtnetlink net;
  private BpfProgram first;
  private BpfProgram second;
  private int port;

  @BeforeEach
  void open() {
    host = NetworkNamespace.create();
    net = Rtnetlink.open(host);
    first = returning("first", -1);
    second = returning("second", 2);
    port = net.links().createVeth(new VethPair(NewLink.named("p"), NewLink.named("q"))).index();
  }

  @AfterEach
  void close() {
    second.close();
    first.close();
    net.close();
    host.close();
  }

  private static BpfProgram returning(String name, int verdict) {
    return BpfProgram.load(
        new Assembler(name).mov(Register.R0, verdict).exit().assemble(), Map.of());
  }

  @Test
  void shouldAttachListReplaceAndDetachFilters() {
    Traffic traffic = net.traffic();
    assertThat(traffic.hasClsact(port)).isFalse();
    traffic.addClsact(port);
    assertThat(traffic.hasClsact(port)).isTrue();
    assertFails(() -> traffic.addClsact(port), Errno.EEXIST);
    FilterPlace protection = FilterPlace.ingress(port, 1);
    FilterPlace switching = FilterPlace.ingress(port, 2);
    traffic.attach(switching, "switch", second.fd());
    traffic.attach(protection, "protection", first.fd());
    assertThat(traffic.filters(port, Direction.INGRESS))
        .containsExactly(
            filter(protection, "protection", first), filter(switching, "switch", second));
    assertThat(traffic.filters(port, Direction.EGRESS)).isEmpty();

    traffic.attach(protection, "protection", second.fd());
    assertThat(traffic.filters(port, Direction.INGRESS))
        .containsExactly(
            filter(protection, "protection", second), filter(switching, "switch", second));

    FilterPlace egress = FilterPlace.egress(port, 9);
    traffic.attach(egress, "out", first.fd());
    assertThat(traffic.filters(port, Direction.EGRESS))
        .containsExactly(filter(egress, "out", first));

    traffic.detach(protection);
    assertThat(traffic.filters(port, Direction.INGRESS))
        .containsExactly(filter(switching, "switch", second));
    assertFails(() -> traffic.detach(protection), Errno.ENOENT);
    traffic.deleteClsact(port);
    assertThat(traffic.hasClsact(port)).isFalse();
    assertThat(traffic.filters(port, Direction.INGRESS)).isEmpty();
  }

  private static BpfFilter filter(FilterPlace place, String name, BpfProgram program) {
    return new BpfFilter(place, name, program.info().id(), program.info().tag(), true);
  }

  @Test
  void shouldSayWhyWithoutAQdisc() {
    assertThatThrownBy(() -> net.traffic().attach(FilterPlace.ingress(port, 1), "none", first.fd()))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.detail()).contains("Parent Qdisc"));
  }

  @Test
  void shouldKeepTheFilterWhenNobodyHoldsTheProgram() {
    net.traffic().addClsact(port);
    long id;
    try (BpfProgram lone = returning("lone", 0)) {
      id = lone.info().id();
      net.traffic().attach(FilterPlace.ingress(port, 1), "lone", lone.fd());
    }
    assertThat(net.traffic().filters(port, Direction.INGRESS))
        .singleElement()
        .satisfies(f -> assertThat(f.programId()).isEqualTo(id));
  }
}
