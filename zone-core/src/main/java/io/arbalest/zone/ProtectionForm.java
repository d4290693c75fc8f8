package io.arbalest.zone;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ProtectionSpec.Clients;
import io.arbalest.vnic.ProtectionSpec.Grants;
import io.arbalest.vnic.ProtectionSpec.Reception;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * A protection as JSON has it. Modes and addresses must be there; whatever else is not there is as
 * in a spec that was written before it existed. Not a record, because of a record every component
 * must be there.
 */
@JsonPropertyOrder({"modes", "allowedIps", "methods", "clients", "grants", "reception"})
final class ProtectionForm {
  @JsonSetter(contentNulls = Nulls.FAIL)
  public Optional<LinkedHashSet<String>> modes = Optional.empty();

  @JsonSetter(contentNulls = Nulls.FAIL)
  public Optional<List<IpPrefix>> allowedIps = Optional.empty();

  @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.FAIL)
  public LinkedHashSet<String> methods = new LinkedHashSet<>();

  @JsonSetter(nulls = Nulls.FAIL)
  public ClientsForm clients = new ClientsForm();

  @JsonSetter(nulls = Nulls.FAIL)
  public GrantsForm grants = new GrantsForm();

  @JsonSetter(nulls = Nulls.FAIL)
  public ReceptionForm reception = new ReceptionForm();

  @JsonCreator
  ProtectionForm() {}

  /** {@link Clients}. */
  @JsonPropertyOrder({"allowed", "all"})
  static final class ClientsForm {
    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.FAIL)
    public List<String> allowed = Clients.OWN.allowed();

    public boolean all = Clients.OWN.all();

    @JsonCreator
    ClientsForm() {}

    static ClientsForm of(Clients clients) {
      ClientsForm form = new ClientsForm();
      form.allowed = clients.allowed();
      form.all = clients.all();
      return form;
    }
  }

  /** {@link Grants}. */
  @JsonPropertyOrder({"roles", "macs", "vrrp", "routedPrefixes"})
  static final class GrantsForm {
    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.FAIL)
    public LinkedHashSet<String> roles = new LinkedHashSet<>();

    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.FAIL)
    public List<MacAddress> macs = List.of();

    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.FAIL)
    public LinkedHashSet<Integer> vrrp = new LinkedHashSet<>();

    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.FAIL)
    public List<IpPrefix> routedPrefixes = List.of();

    @JsonCreator
    GrantsForm() {}

    static GrantsForm of(Grants grants) {
      GrantsForm form = new GrantsForm();
      form.roles = new LinkedHashSet<>(grants.roles());
      form.macs = grants.macs();
      form.vrrp = new LinkedHashSet<>(grants.vrrp());
      form.routedPrefixes = grants.routedPrefixes();
      return form;
    }
  }

  /** {@link Reception}. */
  @JsonPropertyOrder({"guards", "trusted", "promiscFiltered"})
  static final class ReceptionForm {
    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.FAIL)
    public LinkedHashSet<String> guards = new LinkedHashSet<>();

    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.FAIL)
    public List<IpPrefix> trusted = List.of();

    public boolean promiscFiltered = Reception.OPEN.promiscFiltered();

    @JsonCreator
    ReceptionForm() {}

    static ReceptionForm of(Reception reception) {
      ReceptionForm form = new ReceptionForm();
      form.guards = new LinkedHashSet<>(reception.guards());
      form.trusted = reception.trusted();
      form.promiscFiltered = reception.promiscFiltered();
      return form;
    }
  }

  static ProtectionForm of(ProtectionSpec spec) {
    ProtectionForm form = new ProtectionForm();
    form.modes = Optional.of(new LinkedHashSet<>(spec.modes()));
    form.allowedIps = Optional.of(spec.allowedIps());
    form.methods = new LinkedHashSet<>(spec.methods());
    form.clients = ClientsForm.of(spec.clients());
    form.grants = GrantsForm.of(spec.grants());
    form.reception = ReceptionForm.of(spec.reception());
    return form;
  }

  ProtectionSpec spec() {
    return new ProtectionSpec(
        required("modes", modes),
        required("allowedIps", allowedIps),
        methods,
        new Clients(clients.allowed, clients.all),
        new Grants(grants.roles, grants.macs, grants.vrrp, grants.routedPrefixes),
        new Reception(reception.guards, reception.trusted, reception.promiscFiltered));
  }

  private static <T> T required(String field, Optional<T> value) {
    return value.orElseThrow(() -> new SpecException("protection", field, "must be there"));
  }
}
