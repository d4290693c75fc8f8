package io.arbalest.zone;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.store.Json;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of specs: names, addresses and keys as the texts that operators know. */
public final class SpecJson {
  private static final JsonMapper MAPPER =
      new Json()
          .text(LinkName.class, LinkName::new)
          .text(ZoneName.class, ZoneName::new)
          .text(VnicKey.class, VnicKey::parse)
          .text(InstanceName.class, InstanceName::new)
          .text(MacAddress.class, MacAddress::parse)
          .text(IpPrefix.class, IpPrefix::parse)
          .text(ZoneKind.class, ZoneKind::parse)
          .text(UidSlot.class, UidSlot::parse)
          .form(OverlaySpec.class, OverlayForm.class, OverlayForm::of, OverlayForm::spec)
          .form(
              ProtectionSpec.class, ProtectionForm.class, ProtectionForm::of, ProtectionForm::spec)
          .mapper();

  private SpecJson() {}

  /** The mapper; immutable. */
  public static JsonMapper mapper() {
    return MAPPER;
  }
}
