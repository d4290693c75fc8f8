package io.arbalest.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Enables a test only where this process holds the capabilities that namespaces need. */
final class RootCondition implements ExecutionCondition {
  private static final int CAP_NET_ADMIN = 12;
  private static final int CAP_SYS_ADMIN = 21;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    long effective = effectiveCapabilities();
    if (!has(effective, CAP_NET_ADMIN) || !has(effective, CAP_SYS_ADMIN)) {
      return ConditionEvaluationResult.disabled(
          "needs root: making namespaces takes CAP_NET_ADMIN and CAP_SYS_ADMIN, and this process"
              + " has capabilities "
              + Long.toHexString(effective));
    }
    return ConditionEvaluationResult.enabled("runs with root's capabilities");
  }

  private static boolean has(long set, int capability) {
    return (set >>> capability & 1) != 0;
  }

  private static long effectiveCapabilities() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("CapEff:")) {
          return Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16);
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
