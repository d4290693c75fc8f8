package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.LinkRow;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.zone.property.LinkProperties;
import io.arbalest.zone.property.LinkProperty;
import io.arbalest.zone.property.PropertyException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Several properties of one link, changed together.
 *
 * <p>As in illumos, what can be set is set although something else cannot, and the exit status is
 * that of the last one. Unlike there, what can be set takes effect in one step, so that no frame
 * meets a policy that has only some of it.
 */
final class PropertyChange {
  /** How the value of one property changes. */
  interface Edit extends BiFunction<LinkProperty, ProtectionSpec, ProtectionSpec> {}

  private final HostView host;
  private final Session session;
  private final LinkRow link;
  private final String verb;
  private final Map<String, Edit> edits = new LinkedHashMap<>();

  /** The name of the property that failed last; empty while all are well. */
  private Optional<String> failed = Optional.empty();

  /**
   * @param verb {@code set} or {@code reset}
   */
  PropertyChange(HostView host, Session session, LinkRow link, String verb) {
    this.host = host;
    this.session = session;
    this.link = link;
    this.verb = verb;
  }

  void add(String property, Edit edit) {
    edits.put(property, edit);
  }

  /**
   * Changes what can be changed, and complains of the rest.
   *
   * @return 0 if the last property could be changed, else 1
   */
  int run() {
    Map<String, Edit> sound = new LinkedHashMap<>();
    edits.forEach(
        (name, edit) -> {
          if (attempt(name, () -> edited(link.vnic().orElseThrow().protection(), name, edit))) {
            sound.put(name, edit);
          }
        });
    if (!sound.isEmpty() && !apply(sound)) {
      sound.forEach((name, edit) -> attempt(name, () -> applyOne(name, edit)));
    }
    String last = edits.keySet().stream().reduce((a, b) -> b).orElse("");
    return failed.filter(last::equals).isPresent() ? 1 : 0;
  }

  private void applyOne(String name, Edit edit) {
    host.protect(key(), edited(protection(), name, edit));
  }

  /** All in one step; false if they do not go together, which one by one will tell. */
  private boolean apply(Map<String, Edit> sound) {
    if (sound.size() == 1) {
      return false;
    }
    ProtectionSpec spec = protection();
    for (Map.Entry<String, Edit> edit : sound.entrySet()) {
      spec = edited(spec, edit.getKey(), edit.getValue());
    }
    try {
      host.protect(key(), spec);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private boolean attempt(String name, Runnable change) {
    try {
      refuseFixed(name);
      Changes.apply(
          "cannot " + verb + " link property '" + name + "' on '" + link.fullName() + "'", change);
      return true;
    } catch (VerbException e) {
      session.fail(String.valueOf(e.getMessage()));
      failed = Optional.of(name);
      return false;
    }
  }

  private void refuseFixed(String name) {
    PropertyNames.require(name);
    if (PropertyRow.isFixed(name)) {
      throw refusal(name, LinkStatus.READ_ONLY_PROPERTY.text());
    }
    if (link.vnic().isEmpty()) {
      throw refusal(name, LinkStatus.OPERATION_NOT_SUPPORTED.text());
    }
  }

  private ProtectionSpec edited(ProtectionSpec spec, String name, Edit edit) {
    try {
      return edit.apply(LinkProperties.find(name).orElseThrow(), spec);
    } catch (PropertyException e) {
      if (e.status() == LinkStatus.INVALID_VALUE && !e.property().choices().isEmpty()) {
        throw new VerbException(
            "link property '%s' must be one of: %s"
                .formatted(name, String.join(",", e.property().choices())),
            e);
      }
      throw refusal(name, e.status().text() + ": " + e.getMessage());
    }
  }

  private VerbException refusal(String name, String why) {
    return new VerbException(
        "cannot %s link property '%s' on '%s': %s".formatted(verb, name, link.fullName(), why));
  }

  private VnicKey key() {
    return new VnicKey(link.zone(), link.name());
  }

  /** As it is by now. */
  private ProtectionSpec protection() {
    return Links.one(host, Optional.empty(), link.fullName()).vnic().orElseThrow().protection();
  }
}
