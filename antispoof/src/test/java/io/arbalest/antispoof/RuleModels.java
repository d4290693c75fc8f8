package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.RuleModel;
import java.util.List;

/** Both rule models, each with its rows of the decision table. */
record RuleModels(String name, RuleModel model, List<DecisionTable.Row> rows) {
  static List<RuleModels> all() {
    return List.of(
        new RuleModels("sent", ProtectionRules.model(), DecisionTable.rows()),
        new RuleModels("received", ReceptionRules.model(), DecisionTable.receptionRows()));
  }

  @Override
  public String toString() {
    return name;
  }
}
