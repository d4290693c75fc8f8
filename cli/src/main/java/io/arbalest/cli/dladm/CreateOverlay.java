package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Properties;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.Vni;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code create-overlay}: a virtual network, its encapsulation and its directory. */
final class CreateOverlay implements Action {
  /** What {@code strtoul} in illumos still takes; the protocol has its own bound. */
  private static final int LONGEST_NUMBER = 18;

  private final HostView host;

  @Option(names = {"-e", "--encap"})
  private Optional<String> encap = Optional.empty();

  @Option(names = {"-s", "--search"})
  private Optional<String> search = Optional.empty();

  @Option(names = {"-v", "--vnetid"})
  private Optional<String> vnetid = Optional.empty();

  @Option(names = {"-p", "--prop"})
  private List<String> lists = List.of();

  @Parameters(arity = "0..1")
  private Optional<String> operand = Optional.empty();

  CreateOverlay(HostView host) {
    this.host = host;
  }

  @Override
  public int run() {
    String id = required(vnetid, "missing required virtual network id");
    String plugin = required(encap, "missing required encapsulation plugin");
    String directory = required(search, "missing required search plugin");
    LinkName name = Links.parse(required(operand, "missing device name"));
    long number = number(id);
    Map<String, String> properties = properties();
    Changes.apply(
        "overlay creation failed",
        () -> host.create(OverlaySpec.of(name, network(plugin, number), directory, properties)));
    return 0;
  }

  private static String required(Optional<String> word, String complaint) {
    return word.orElseThrow(() -> new VerbException(complaint));
  }

  private static long number(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new VerbException("couldn't parse virtual networkd id: " + Words.printable(text));
    }
    if (text.length() > LONGEST_NUMBER) {
      throw new VerbException("virtual networkd id too large: " + Words.printable(text));
    }
    return Long.parseLong(text);
  }

  /** An overlay's properties have one value each; a comma belongs to it. */
  private Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    Properties.parse(lists, "invalid overlay property")
        .forEach((name, values) -> properties.put(name, String.join(",", values)));
    return properties;
  }

  private static Vni network(String plugin, long number) {
    if (!plugin.equals(OverlaySpec.ENCAP)) {
      throw new LinkException(
          LinkStatus.INVALID_ENCAPSULATION_PROTOCOL,
          "'" + Words.printable(plugin) + "', " + OverlaySpec.ENCAP + " is allowed");
    }
    if (number > Vni.MAX) {
      throw new LinkException(
          LinkStatus.INVALID_ARGUMENT, "vnetid " + number + ", 0 to " + Vni.MAX + " are allowed");
    }
    return new Vni((int) number);
  }
}
