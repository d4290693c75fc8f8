package io.arbalest.overlay;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.rtnetlink.VethPair;
import io.arbalest.overlay.link.Overlays;
import io.arbalest.vnic.LinkName;
import java.util.Map;

/** Two namespaces joined by an underlay wire; overlays are made in the first. */
final class OverlayHost implements AutoCloseable {
  static final LinkName BLUE = new LinkName("blue0");
  static final String ALIAS = "arbalest:ovdir:overlay:blue0";

  final NetworkNamespace here = NetworkNamespace.create();
  final NetworkNamespace there = NetworkNamespace.create();
  final Rtnetlink kernel = Rtnetlink.open(here);
  final Rtnetlink kernelThere = Rtnetlink.open(there);

  OverlayHost(int mtu) {
    NewLink near = NewLink.named("wire0").withMtu(mtu);
    NewLink far = NewLink.named("wire1").in(there).withMtu(mtu);
    Link wire = kernel.links().createVeth(new VethPair(near, far));
    configure(kernel, wire.index(), "192.0.2.1/24", "2001:db8::1/64");
    int farIndex = kernelThere.links().get("wire1").index();
    configure(kernelThere, farIndex, "192.0.2.2/24", "2001:db8::2/64");
  }

  private static void configure(Rtnetlink kernel, int index, String ipv4, String ipv6) {
    kernel.addresses().add(index, IpPrefix.parse(ipv4));
    kernel.addresses().addWithoutDetection(index, IpPrefix.parse(ipv6));
    kernel.links().setUp(index);
  }

  Overlays overlays() {
    return here.call(() -> Overlays.open("ovdir"));
  }

  /** A point-to-point overlay to the other namespace. */
  static OverlaySpec direct() {
    return OverlaySpec.of(
        BLUE,
        new Vni(42),
        "direct",
        Map.of(
            "vxlan/listen_ip", "192.0.2.1",
            "direct/dest_ip", "192.0.2.2",
            "direct/dest_port", "4789"));
  }

  static OverlaySpec files(String config) {
    return OverlaySpec.of(
        BLUE, new Vni(42), "files", Map.of("vxlan/listen_ip", "192.0.2.1", "files/config", config));
  }

  static Vtep vtep(String ip) {
    return Vtep.of(IpLiteral.parse(ip), Vtep.DEFAULT_PORT);
  }

  @Override
  public void close() {
    kernel.close();
    kernelThere.close();
    here.close();
    there.close();
  }
}
