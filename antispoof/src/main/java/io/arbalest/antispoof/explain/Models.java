package io.arbalest.antispoof.explain;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.ProtectionRules;
import io.arbalest.antispoof.ReceptionRules;
import io.arbalest.antispoof.rules.RuleModel;

/** The rule model for each direction. */
final class Models {
  private Models() {}

  static RuleModel of(Direction direction) {
    return switch (direction) {
      case FROM_ZONE -> ProtectionRules.model();
      case TO_ZONE -> ReceptionRules.model();
    };
  }
}
