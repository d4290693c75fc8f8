package io.arbalest.antispoof;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Address;
import io.arbalest.linux.rtnetlink.Neighbour;
import io.arbalest.linux.rtnetlink.Route;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What a zone's kernel believes about its neighbours and routers. */
public record Resident(NetworkNamespace zone) {
  private static final String LINK = "net0";

  private <T> T ask(BiFunction<Rtnetlink, Integer, T> question) {
    try (Rtnetlink inside = Rtnetlink.open(zone)) {
      return question.apply(inside, inside.links().get(LINK).index());
    }
  }

  /** The MAC address in its neighbour cache. */
  public Optional<MacAddress> macOf(InetAddress neighbour) {
    return ask((inside, link) -> inside.neighbours().list(link)).stream()
        .filter(entry -> entry.ip().equals(neighbour))
        .flatMap(entry -> entry.mac().stream())
        .findFirst();
  }

  /** The routers to which it has IPv6 default routes. */
  public List<InetAddress> defaultRouters() {
    return ask((inside, link) -> inside.routes().list()).stream()
        .filter(Route::isDefault)
        .flatMap(route -> route.gateway().stream())
        .filter(Inet6Address.class::isInstance)
        .toList();
  }

  /** The router by which it would reach an address. */
  Optional<InetAddress> routerTo(InetAddress destination) {
    return ask((inside, link) -> inside.routes().to(destination)).gateway();
  }

  List<Address> addresses() {
    return ask((inside, link) -> inside.addresses().list());
  }

  /** The IPv6 addresses that it made of what routers said. */
  long madeAddresses() {
    return addresses().stream()
        .filter(address -> !address.permanent())
        .filter(address -> address.prefix().address() instanceof Inet6Address)
        .count();
  }

  /** The packets that its link received. */
  long received() {
    return ask((inside, link) -> inside.links().get(LINK)).statistics().receivedPackets();
  }

  /** Whether it has heard of a neighbour, or looks for one. */
  boolean knows(InetAddress neighbour) {
    return ask((inside, link) -> inside.neighbours().list(link)).stream()
        .anyMatch(entry -> entry.ip().equals(neighbour));
  }

  /** Asks the link whether an address is free, again if it got it. */
  void wantAddress(IpPrefix wanted) {
    List<Address> present =
        addresses().stream().filter(address -> address.prefix().equals(wanted)).toList();
    if (present.stream().anyMatch(address -> address.tentative() || address.duplicate())) {
      return;
    }
    ask(
        (inside, link) -> {
          present.forEach(address -> inside.addresses().delete(link, wanted));
          inside.addresses().add(link, wanted);
          return link;
        });
  }

  /** Whether another station has an address that it wants. */
  boolean isDuplicate(InetAddress address) {
    return addresses().stream()
        .anyMatch(a -> a.prefix().address().equals(address) && a.duplicate());
  }

  void addDefaultRoute(InetAddress router) {
    ask(
        (inside, link) -> {
          inside.routes().add(Route.via(IpPrefix.parse("::/0"), router, link));
          return link;
        });
  }

  /** Lets it know a neighbour, as if it had just heard from it. */
  void place(InetAddress neighbour, MacAddress mac) {
    ask(
        (inside, link) -> {
          inside
              .neighbours()
              .add(new Neighbour(link, neighbour, Optional.of(mac), Neighbour.REACHABLE));
          return link;
        });
  }

  void setMac(MacAddress mac) {
    ask(
        (inside, link) -> {
          inside.links().setAddress(link, mac);
          return link;
        });
  }

  /** Forgets what it knows about a neighbour, as time would make it. */
  void forget(InetAddress neighbour) {
    ask(
        (inside, link) -> {
          inside.neighbours().list(link).stream()
              .filter(entry -> entry.ip().equals(neighbour))
              .forEach(inside.neighbours()::delete);
          return link;
        });
  }

  /** Sets one of {@code /proc/sys/net} of the zone. */
  void set(String sysctl, String value) {
    Path file = Path.of("/proc/sys/net", sysctl);
    try {
      zone.call(() -> Files.writeString(file, value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until duplicate detection has finished. */
  void awaitAddresses() throws InterruptedException {
    for (int i = 0; i < 100 && addresses().stream().anyMatch(Address::tentative); i++) {
      Thread.sleep(50);
    }
  }
}
