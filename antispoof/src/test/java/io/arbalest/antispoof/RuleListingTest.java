package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.antispoof.rules.RulePrinter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * The listings are golden files: a change of the rules shows in the review. To take a new one over,
 * copy the text that the failure prints.
 */
class RuleListingTest {
  @Test
  void shouldPrintTheReviewedRulesOnWhatIsSent() throws IOException {
    assertReviewed("guard.rules", ProtectionRules.model());
  }

  @Test
  void shouldPrintTheReviewedRulesOnWhatIsReceived() throws IOException {
    assertReviewed("guard_in.rules", ReceptionRules.model());
  }

  private static void assertReviewed(String name, RuleModel model) throws IOException {
    try (InputStream in = RuleListingTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      assertThat(RulePrinter.print(model))
          .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
