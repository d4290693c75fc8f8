package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Properties;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.UsageException;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.linux.net.InvalidAddressException;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code create-vnic}: a VNIC over an etherstub or overlay, in the zone that {@code -p zone=} names
 * or in the global zone.
 */
final class CreateVnic implements Action {
  private final HostView host;
  private final Session session;

  @Option(names = {"-l", "--link"})
  private Optional<String> link = Optional.empty();

  @Option(names = {"-m", "--mac-address"})
  private List<String> macs = List.of();

  @Option(names = {"-p", "--prop"})
  private List<String> lists = List.of();

  @Parameters(arity = "0..1")
  private Optional<String> operand = Optional.empty();

  CreateVnic(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    if (link.isEmpty() || operand.isEmpty()) {
      throw new UsageException("");
    }
    MacAssignment mac = mac();
    LinkName name = Links.parse(operand.get());
    LinkName over = existing(link.get());
    PropertyValues values = new PropertyValues(Properties.parse(lists, "invalid vnic property"));
    Optional<ZoneName> zone = values.zone();
    var mtu = values.mtu();
    var protection = values.protection(session);
    values.requireNoOther();
    Changes.apply(
        "vnic creation over " + over + " failed",
        () -> host.create(new VnicSpec(new VnicKey(zone, name), over, mac, mtu, protection)));
    return 0;
  }

  private MacAssignment mac() {
    if (macs.size() > 1) {
      throw new VerbException("cannot specify -m option twice");
    }
    String word = macs.isEmpty() ? "auto" : macs.getFirst();
    if (word.equals("auto") || word.equals("random")) {
      return MacAssignment.random(new SecureRandom());
    }
    if (word.equals("fixed")) {
      throw new VerbException("'fixed' is not a valid MAC address");
    }
    try {
      return MacAssignment.fixed(MacAddress.parse(word));
    } catch (InvalidAddressException | LinkException e) {
      throw new VerbException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The lower link; that it can have VNICs is for the spec to check. */
  private LinkName existing(String word) {
    return Links.find(host, Optional.of(ZoneName.GLOBAL), Optional.of(word)).getFirst().name();
  }
}
