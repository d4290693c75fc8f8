package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.PolicyView;
import io.arbalest.antispoof.rules.ReferenceEvaluator;
import io.arbalest.antispoof.rules.Verdict;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.TestInput;
import io.arbalest.linux.bpf.asm.TcAction;
import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compiled program in the kernel against the reference: same frames, same verdicts. */
@Privileged
class DifferentialKernelTest {
  private static final int LOOPBACK = 1;

  /** In total 200,000 with the number of seeds below. */
  private static final int FRAMES_PER_SEED = 50_000;

  private static final ReferenceEvaluator REFERENCE =
      new ReferenceEvaluator(ProtectionRules.model());

  @TempDir private Path directory;
  private Bpffs pins;
  private Guard guard;

  @BeforeEach
  void open() {
    pins = Bpffs.mount(directory.resolve("bpf"));
    guard = Guard.open(pins);
  }

  @AfterEach
  void close() {
    guard.close();
    pins.unmount();
  }

  @Test
  void shouldDecideEveryRowOfTheTableInTheKernel() {
    List<String> surprises = new ArrayList<>();
    for (DecisionTable.Row row : DecisionTable.rows()) {
      if (row.frame().tagStripped() || !runnable(row.frame().bytes())) {
        continue;
      }
      guard.forget(LOOPBACK);
      guard.admit(LOOPBACK, row.policy().port());
      guard.admit(LOOPBACK, PolicyContents.of(row.policy().port(), row.policy().flags()));
      int verdict = guard.program().testRun(row.frame().bytes(), LOOPBACK).verdict();
      SortedMap<String, Long> drops = guard.drops(LOOPBACK);
      drops.values().removeIf(count -> count == 0);
      boolean right =
          row.reason().isPresent()
              ? verdict == TcAction.SHOT && drops.equals(Map.of(row.reason().get().label(), 1L))
              : verdict == TcAction.UNSPEC && drops.isEmpty();
      if (!right) {
        surprises.add("%s: verdict %d, drops %s".formatted(row, verdict, drops));
      }
    }

    assertThat(surprises).isEmpty();
  }

  /** Batches of frames under one policy: verdicts one by one, counters at the end of each batch. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldAgreeWithTheReferenceOnMutatedFrames(long seed) {
    FrameGenerator generator = new FrameGenerator(seed);
    int batches = FrameGenerator.policies().size();
    for (PortPolicy policy : FrameGenerator.policies()) {
      guard.forget(LOOPBACK);
      guard.admit(LOOPBACK, policy);
      compare(generator, policy, FRAMES_PER_SEED / batches + 1);
    }
  }

  /** Switches in every mixture, guards off with modes on among them, which no policy asks for. */
  @Test
  void shouldAgreeWithTheReferenceUnderAnyMixtureOfFlags() {
    SplittableRandom random = new SplittableRandom(5);
    FrameGenerator generator = new FrameGenerator(6);
    for (int mixture = 0; mixture < 200; mixture++) {
      Set<PolicyFlag> flags = EnumSet.noneOf(PolicyFlag.class);
      for (PolicyFlag flag : PolicyFlag.values()) {
        if (random.nextInt(flag == PolicyFlag.ADDRESSLESS ? 8 : 2) == 0) {
          flags.add(flag);
        }
      }
      guard.forget(LOOPBACK);
      guard.admit(LOOPBACK, DecisionTable.STATIC);
      guard.admit(LOOPBACK, PolicyContents.of(DecisionTable.STATIC, flags));
      compare(generator, new DecisionTable.Policy(DecisionTable.STATIC, flags), 200);
    }
  }

  private void compare(FrameGenerator generator, PolicyView policy, int frames) {
    Map<DropReason, Long> expected = new EnumMap<>(DropReason.class);
    for (int i = 0; i < frames; i++) {
      byte[] frame = runnable(generator);
      Verdict verdict = REFERENCE.evaluate(Frame.of(frame), Optional.of(policy));
      int wanted = TcAction.UNSPEC;
      if (verdict instanceof Verdict.Dropped dropped) {
        expected.merge(dropped.reason(), 1L, Long::sum);
        wanted = TcAction.SHOT;
      }
      int got = guard.program().testRun(TestInput.of(frame).ifindex(LOOPBACK)).verdict();
      if (got != wanted) {
        assertThat(got)
            .as("%s, reference says %s", HexFormat.of().formatHex(frame), verdict)
            .isEqualTo(wanted);
      }
    }
    for (DropReason reason : DropReason.values()) {
      assertThat(guard.drops(LOOPBACK).get(reason.label()))
          .as("%s under %s", reason, policy)
          .isEqualTo(expected.getOrDefault(reason, 0L));
    }
  }

  private static byte[] runnable(FrameGenerator generator) {
    byte[] frame = generator.frame();
    while (!runnable(frame)) {
      frame = generator.frame();
    }
    return frame;
  }

  /** The kernel refuses to test-run on a frame that ends inside its IP header. */
  private static boolean runnable(byte[] frame) {
    int type = (frame[12] & 0xff) << 8 | (frame[13] & 0xff);
    int least =
        switch (type) {
          case Frames.IPV4 -> 34;
          case Frames.IPV6 -> 54;
          default -> 15;
        };
    return frame.length >= least;
  }
}
