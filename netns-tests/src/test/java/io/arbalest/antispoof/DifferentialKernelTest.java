package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Report.Layout;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.Outcome;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.ReferenceEvaluator;
import io.arbalest.antispoof.rules.Verdict;
import io.arbalest.antispoof.rules.VlanTag;
import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.bpf.RingBuffer;
import io.arbalest.testing.Privileged;
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
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The compiled programs in the kernel against the reference: same frames, same verdicts, same
 * reasons, and as many reports. {@link DifferentialRuns} says how many frames each program gets.
 */
@Privileged
@Timeout(1800) // a million frames take minutes
class DifferentialKernelTest {
  private static final int PORT = LoadedModel.PORT;
  private static final int FRAMES = DifferentialRuns.frames();

  /** What fits a page together with what the kernel adds. */
  private static final int LONGEST = 3600;

  /** One policy's frames; more would fill a ring. */
  private static final int BATCH = 500;

  /** Something in every set, so that a flag can show what it asks for. */
  private static final PortPolicy FULL =
      PolicyTableKernelTest.full(
          new Networks(
              DecisionTable.STATIC.allowed(),
              Set.of(),
              PolicyTableKernelTest.prefixes("10.0.0.0/24", "fd00::/64"),
              PolicyTableKernelTest.prefixes("10.0.0.6/32", "fe80::/10")));

  private BpfObjects maps;
  private PolicyTable policies;
  private PortMeters meters;

  @BeforeEach
  void open() {
    maps = BpfObjects.create(GuardMaps.ALL);
    policies = new PolicyTable(maps);
    meters = new PortMeters(maps);
    new VtepTable(maps).set(Policies.VTEPS);
  }

  @AfterEach
  void close() {
    maps.close();
  }

  /** Those of one policy follow each other, as changing it takes time. */
  private static List<DecisionTable.Row> rows(Direction direction) {
    List<DecisionTable.Row> rows =
        switch (direction) {
          case FROM_ZONE -> DecisionTable.rows();
          case TO_ZONE -> DecisionTable.receptionRows();
        };
    return rows.stream()
        .filter(row -> runnable(row.frame().bytes()))
        .collect(Collectors.groupingBy(DecisionTable.Row::policy))
        .values()
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void shouldDecideEveryRowOfTheTableInTheKernel(Direction direction) {
    List<String> surprises = new ArrayList<>();
    try (LoadedModel model = new LoadedModel(maps, direction, Guard.model(direction))) {
      for (DecisionTable.Row row : rows(direction)) {
        install(row.policy());
        boolean passes = model.passes(row.frame());
        SortedMap<String, Long> moved = meters.drops(PORT);
        moved.values().removeIf(count -> count == 0);
        Map<String, Long> wanted = new TreeMap<>();
        row.reason().ifPresent(reason -> wanted.put(reason.label(), 1L));
        long notes = reported(Report.NOTE);
        if (passes != row.reason().isEmpty()
            || !moved.equals(wanted)
            || notes != row.topics().size()
            || !model.rehearse(row.frame()).equals(row.reason())) {
          surprises.add("%s: passes %s, moved %s, %d notes".formatted(row, passes, moved, notes));
        }
      }
    }
    assertThat(surprises).isEmpty();
  }

  private void install(DecisionTable.Policy policy) {
    policies.install(PORT, policy.port(), policy.flags());
    meters.reset(PORT);
  }

  /** How many reports of a kind there were, told or not, since the meters were reset. */
  private long reported(Report report) {
    long[] count = new long[1];
    try (RingBuffer ring = RingBuffer.open(maps.map(report.ring()))) {
      ring.drain(record -> count[0] += 1 + record.getLong(Layout.SUPPRESSED));
    }
    Unreported unreported = meters.unreported(PORT);
    assertThat(unreported.dropsWithoutRoom() + unreported.notesWithoutRoom()).isZero();
    return count[0] + (report == Report.EVENT ? unreported.drops() : unreported.notes());
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void shouldAgreeWithTheReferenceOnMutatedFrames(Direction direction) {
    FrameGenerator generator = new FrameGenerator(1);
    SplittableRandom random = new SplittableRandom(2);
    List<PortPolicy> all = policies();
    try (LoadedModel model = new LoadedModel(maps, direction, Guard.model(direction))) {
      for (int batch = 0; batch * BATCH < FRAMES; batch++) {
        DecisionTable.Policy policy = DecisionTable.Policy.of(all.get(batch % all.size()));
        install(policy);
        compare(model, direction, policy, generator, random);
      }
    }
  }

  /** Those of the generator, and the same in illumos's form. */
  private static List<PortPolicy> policies() {
    List<PortPolicy> all = new ArrayList<>(FrameGenerator.policies());
    for (PortPolicy policy : FrameGenerator.policies()) {
      all.add(policy.with(new Protection(policy.protection().modes(), true)));
    }
    return all;
  }

  /** Switches in every mixture, guards off with modes on among them, which no policy asks for. */
  @ParameterizedTest
  @EnumSource(Direction.class)
  void shouldAgreeWithTheReferenceUnderAnyMixtureOfFlags(Direction direction) {
    SplittableRandom random = new SplittableRandom(5);
    FrameGenerator generator = new FrameGenerator(6);
    try (LoadedModel model = new LoadedModel(maps, direction, Guard.model(direction))) {
      for (int mixture = 0; mixture < 100; mixture++) {
        Set<PolicyFlag> flags = EnumSet.noneOf(PolicyFlag.class);
        for (PolicyFlag flag : PolicyFlag.values()) {
          if (random.nextInt(flag == PolicyFlag.ADDRESSLESS ? 8 : 2) == 0) {
            flags.add(flag);
          }
        }
        DecisionTable.Policy policy = new DecisionTable.Policy(FULL, flags);
        install(policy);
        compare(model, direction, policy, generator, random);
      }
    }
  }

  private void compare(
      LoadedModel model,
      Direction direction,
      DecisionTable.Policy policy,
      FrameGenerator generator,
      SplittableRandom random) {
    ReferenceEvaluator reference = new ReferenceEvaluator(Guard.model(direction));
    Map<DropReason, Long> expected = new EnumMap<>(DropReason.class);
    long notes = 0;
    for (int i = 0; i < BATCH; i++) {
      Frame frame = frame(generator, random);
      Outcome outcome = reference.observe(frame, Optional.of(policy));
      Optional<DropReason> wanted = reason(outcome);
      wanted.ifPresent(reason -> expected.merge(reason, 1L, Long::sum));
      notes += outcome.topics().size();
      Optional<DropReason> rehearsed = model.rehearse(frame);
      if (model.passes(frame) != wanted.isEmpty() || !rehearsed.equals(wanted)) {
        assertThat(rehearsed)
            .as("%s %s under %s", HexFormat.of().formatHex(frame.bytes()), frame.tag(), policy)
            .isEqualTo(wanted);
      }
    }
    for (DropReason reason : DropReason.values()) {
      assertThat(meters.drops(PORT).get(reason.label()))
          .as("%s under %s", reason, policy)
          .isEqualTo(expected.getOrDefault(reason, 0L));
    }
    assertThat(reported(Report.NOTE)).isEqualTo(notes);
    assertThat(reported(Report.EVENT))
        .isEqualTo(expected.values().stream().mapToLong(Long::longValue).sum());
  }

  private static Optional<DropReason> reason(Outcome outcome) {
    return outcome.verdict() instanceof Verdict.Dropped dropped
        ? Optional.of(dropped.reason())
        : Optional.empty();
  }

  /** One that the kernel runs a program on; now and then an aggregate, or with a tag gone. */
  private static Frame frame(FrameGenerator generator, SplittableRandom random) {
    Frame frame = Frame.received(generator.frame());
    while (!runnable(frame.bytes())) {
      frame = Frame.received(generator.frame());
    }
    boolean aggregate = random.nextInt(20) == 0;
    if (random.nextInt(12) > 0) {
      return new Frame(frame.bytes(), frame.tag(), aggregate);
    }
    VlanTag tag =
        new VlanTag(
            random.nextBoolean() ? VlanTag.CUSTOMER : VlanTag.SERVICE,
            random.nextBoolean() ? 0 : random.nextInt(1 << 16));
    return new Frame(frame.bytes(), Optional.of(tag), aggregate);
  }

  /** The kernel refuses a test run on a frame that ends inside its IP header or has no payload. */
  private static boolean runnable(byte[] frame) {
    if (frame.length < 15 || frame.length > LONGEST) {
      return false;
    }
    int type = (frame[12] & 0xff) << 8 | (frame[13] & 0xff);
    int least =
        switch (type) {
          case Frames.IPV4 -> 34;
          case Frames.IPV6 -> 54;
          default -> 0;
        };
    return frame.length >= least;
  }
}
