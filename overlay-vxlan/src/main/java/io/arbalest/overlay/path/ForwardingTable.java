package io.arbalest.overlay.path;

import io.arbalest.overlay.Vtep;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a directory knows, in the form the data path asks for it: where a MAC address is, and who
 * may send for the overlay.
 *
 * <p>Immutable: a directory that learns something builds a new one and hands it over whole ({@link
 * OverlayPort#forward}). Lookups allocate nothing. MAC addresses are the low 48 bits of a {@code
 * long}, first octet highest. VTEPs are compared by address and port when sending, by address alone
 * when receiving, because a VXLAN datagram's source port is a hash.
 */
public final class ForwardingTable {
  /** The MAC address is not placed. */
  public static final int NOWHERE = -1;

  /** The MAC address is placed at this host. */
  public static final int LOCAL = -2;

  /** Knows nobody. */
  static final ForwardingTable NOTHING = new ForwardingTable(new Builder(Optional.empty()));

  private final List<Vtep> vteps;
  private final LongTable places;
  private final int elsewhere;
  private final int[] hostOfVtep;
  private final AddressTable hosts;

  private ForwardingTable(Builder builder) {
    vteps = builder.vteps.keySet().stream().sorted(builder.byIndex()).toList();
    places = new LongTable(builder.places);
    elsewhere = builder.elsewhere;
    List<OuterAddress> addresses = vteps.stream().map(v -> OuterAddress.of(v.ip())).toList();
    List<OuterAddress> distinct = addresses.stream().distinct().toList();
    hostOfVtep = addresses.stream().mapToInt(distinct::indexOf).toArray();
    hosts = new AddressTable(distinct);
  }

  /** Starts a table for the host that receives at {@code local}. */
  public static Builder at(Vtep local) {
    return new Builder(Optional.of(local));
  }

  /** The index of the VTEP that has a MAC address, {@link #NOWHERE} or {@link #LOCAL}. */
  public int target(long mac) {
    return places.get(mac, elsewhere);
  }

  /** The other VTEPs of the overlay; group frames go to each. */
  public List<Vtep> vteps() {
    return vteps;
  }

  /** The number of a sending host by its underlay address, or {@link #NOWHERE}. */
  int host(long high, long low) {
    return hosts.get(high, low, NOWHERE);
  }

  /** Whether a frame from a MAC address may come from a host: it is not placed at another one. */
  boolean mayCome(long mac, int host) {
    int place = target(mac);
    return place == NOWHERE || (place >= 0 && hostOfVtep[place] == host);
  }

  /** Collects places; use from one thread. */
  public static final class Builder {
    private final Optional<Vtep> local;
    private final Map<Vtep, Integer> vteps = new HashMap<>();
    private final Map<Long, Integer> places = new HashMap<>();
    private int elsewhere = NOWHERE;

    private Builder(Optional<Vtep> local) {
      this.local = local;
    }

    private Comparator<Vtep> byIndex() {
      return Comparator.comparing(vteps::get);
    }

    /** Adds a VTEP of the overlay; the local one is not sent to and may be given. */
    public Builder vtep(Vtep vtep) {
      index(vtep);
      return this;
    }

    /** Places a MAC address (low 48 bits) at a VTEP, which becomes one of the overlay's. */
    public Builder place(long mac, Vtep vtep) {
      places.put(mac, index(vtep));
      return this;
    }

    /** Sends every unicast frame for a MAC address without a place to one VTEP. */
    public Builder everythingElseAt(Vtep vtep) {
      elsewhere = index(vtep);
      return this;
    }

    private int index(Vtep vtep) {
      if (local.filter(vtep::equals).isPresent()) {
        return LOCAL;
      }
      return vteps.computeIfAbsent(vtep, v -> vteps.size());
    }

    /** The finished table. */
    public ForwardingTable build() {
      return new ForwardingTable(this);
    }
  }
}
