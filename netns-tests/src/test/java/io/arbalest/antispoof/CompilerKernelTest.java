package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.length;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.member;
import static io.arbalest.antispoof.rules.Dsl.memberBytes;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.num;
import static io.arbalest.antispoof.rules.Dsl.oneOf;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.repeat;
import static io.arbalest.antispoof.rules.Dsl.tagStripped;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.ReferenceEvaluator;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.antispoof.rules.Verdict;
import io.arbalest.antispoof.rules.VlanTag;
import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.testing.Privileged;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each construct of the rule language by itself: the kernel does what the reference says. */
@Privileged
class CompilerKernelTest {
  private static final int LOOPBACK = 1;
  private static final int FRAMES = 60;
  private static final int NO_IP = 0x88b5;
  private static final Set<InetSocketAddress> VTEPS =
      Set.of(
          new InetSocketAddress("192.0.2.1", 4789),
          new InetSocketAddress("192.0.2.2", 8472),
          new InetSocketAddress("2001:db8::1", 4789));

  private static final PortPolicy PORT =
      new PortPolicy(
          Frames.MAC,
          Protection.DEFAULT,
          new Networks(
              List.of(IpPrefix.parse("10.0.0.5/32"), IpPrefix.parse("fd00::/64")),
              Set.of(),
              List.of(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("fd00:1::/32")),
              List.of(IpPrefix.parse("10.0.0.0/24"), IpPrefix.parse("fd00::1/128"))),
          Set.of(DynamicMethod.DHCPV4),
          new DhcpClients(
              Set.of(
                  ClientIdentifier.parse("0x0102"),
                  ClientIdentifier.parse("0x" + "5a".repeat(256))),
              false),
          Set.of(),
          new FurtherMacs(Set.of(Frames.OTHER_MAC), Set.of()),
          Set.of());

  private static final HostPolicy POLICY = new HostPolicy(PORT, VTEPS);

  private BpfObjects maps;

  @BeforeEach
  void open() {
    maps = BpfObjects.create(GuardMaps.ALL);
    new PolicyTable(maps).install(LOOPBACK, PolicyContents.of(PORT));
    new VtepTable(maps).set(VTEPS);
    new PortMeters(maps).recover(Set.of(LOOPBACK));
  }

  @AfterEach
  void close() {
    maps.close();
  }

  /** Frames of every length around the copied head, with bytes of a kind that meets itself. */
  private static List<Frame> frames() {
    SplittableRandom random = new SplittableRandom(1);
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      byte[] bytes = new byte[i < 8 ? 15 + i : random.nextInt(60, 420)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(4));
      }
      bytes[12] = (byte) (NO_IP >> 8);
      bytes[13] = (byte) NO_IP;
      frames.add(
          i % 3 == 0
              ? new Frame(bytes, Optional.of(new VlanTag(i % 2 == 0 ? 0x8100 : 0x88a8, i * 1009)))
              : Frame.of(bytes));
    }
    return frames;
  }

  private void compare(RuleModel model) {
    compare(model, frames());
  }

  private void compare(RuleModel model, List<Frame> frames) {
    ReferenceEvaluator reference = new ReferenceEvaluator(model);
    try (LoadedModel loaded = new LoadedModel(maps, Direction.FROM_ZONE, model)) {
      for (Frame frame : frames) {
        Verdict verdict = reference.evaluate(frame, Optional.of(POLICY));
        Optional<DropReason> wanted =
            verdict instanceof Verdict.Dropped dropped
                ? Optional.of(dropped.reason())
                : Optional.empty();
        assertThat(loaded.rehearse(frame)).as("%s", frame).isEqualTo(wanted);
        assertThat(loaded.passes(frame)).as("%s", frame).isEqualTo(wanted.isEmpty());
      }
    }
  }

  /** Shows five bits to which every bit of a value contributes, as one of 32 reasons. */
  private static RuleModel showing(Expr value, Step... before) {
    List<Step> steps = new ArrayList<>(List.of(before));
    steps.add(let("shown", value));
    for (int bits : new int[] {40, 20, 10, 5}) {
      steps.add(let("shown", binary(Expr.Operator.XOR, var("shown"), shifted(bits))));
    }
    List<DropReason> reasons = List.copyOf(EnumSet.allOf(DropReason.class));
    for (int i = 0; i < 32; i++) {
      DropReason reason = reasons.get(i);
      steps.add(dropIf("value" + i, reason, eq(and(var("shown"), 31), i)));
    }
    steps.add(pass("never"));
    return new RuleModel(steps);
  }

  private static Expr shifted(int bits) {
    return binary(Expr.Operator.SHR, var("shown"), num(bits));
  }

  private static Expr binary(Expr.Operator operator, Expr left, Expr right) {
    return new Expr.Binary(operator, left, right);
  }

  private static RuleModel asking(Cond condition) {
    return new RuleModel(
        List.of(
            either(
                condition,
                List.of(dropIf("not so", DropReason.LLC, not(condition)), pass("yes")),
                List.of(dropIf("so", DropReason.ETHERTYPE, condition))),
            drop("no", DropReason.VLAN_TAG)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6, 8})
  void shouldLoadNearFarAndAtComputedPlaces(int width) {
    for (int offset : new int[] {0, 1, 13, 14, 15, 88, 96 - width, 97 - width, 96, 200, 1 << 20}) {
      compare(showing(new Expr.Load(num(offset), width)));
    }
    compare(showing(new Expr.Load(plus(u8(20), u8(21)), width)));
    compare(showing(new Expr.Load(binary(Expr.Operator.SUB, length(), num(width)), width)));
    compare(showing(new Expr.Load(binary(Expr.Operator.SUB, length(), num(width - 1)), width)));
    compare(showing(new Expr.Load(num(-1), width)));
    compare(showing(new Expr.Load(num(1L << 32), width)));
  }

  @ParameterizedTest
  @EnumSource(Expr.Operator.class)
  void shouldCompute(Expr.Operator operator) {
    Expr far = new Expr.Load(u8(20), 8);
    for (long right : new long[] {0, 1, 63, 64, 70, -1, 0x7fff_ffffL, 0x1_0000_0001L}) {
      compare(showing(binary(operator, new Expr.Load(num(16), 8), num(right))));
    }
    compare(showing(binary(operator, far, u16(22))));
    compare(showing(binary(operator, u16(22), far)));
    compare(showing(binary(operator, binary(operator, u8(24), far), far)));
  }

  @ParameterizedTest
  @EnumSource(PolicyField.class)
  void shouldReadThePolicy(PolicyField field) {
    compare(showing(new Expr.Field(field)));
  }

  @ParameterizedTest
  @EnumSource(Expr.TagPart.class)
  void shouldReadTheTagThatIsGone(Expr.TagPart part) {
    compare(showing(new Expr.Tag(part)));
    compare(asking(tagStripped()));
  }

  @ParameterizedTest
  @EnumSource(Cond.Relation.class)
  void shouldCompareAsUnsigned(Cond.Relation relation) {
    Expr value = new Expr.Load(num(16), 8);
    for (Expr other : List.of(num(0), num(2), num(-1), num(1L << 40), u8(16), length())) {
      compare(asking(new Cond.Compare(relation, value, other)));
      compare(asking(new Cond.Compare(relation, u8(17), other)));
    }
  }

  @Test
  void shouldFindNumbersAndJoinConditions() {
    compare(asking(oneOf(u8(20), 2)));
    compare(asking(oneOf(u8(20), 0, 3, 63, 64, 65, 127, 200, 255)));
    compare(asking(oneOf(u16(20), 1, 3, 0x300, 0xffff)));
    Cond one = eq(u8(20), 1);
    Cond two = lt(u8(21), num(3));
    Cond beyond = eq(u8(100), 1);
    compare(asking(all(one, two, beyond)));
    compare(asking(any(one, two, beyond)));
    compare(asking(not(all(one, any(two, not(beyond))))));
    compare(asking(any(all(one, beyond), all(two, not(one)))));
  }

  @Test
  void shouldAskForFlags() {
    for (PolicyFlag flag : PolicyFlag.values()) {
      compare(asking(has(flag)));
    }
  }

  private static Frame holding(int length, int at, byte[] bytes) {
    byte[] frame = new byte[length];
    frame[12] = (byte) (NO_IP >> 8);
    frame[13] = (byte) NO_IP;
    System.arraycopy(bytes, 0, frame, at, Math.min(bytes.length, length - at));
    return Frame.of(frame);
  }

  @Test
  void shouldKnowWhichAddressesAreGoodForWhat() {
    List<Frame> frames = new ArrayList<>();
    for (String address :
        List.of(
            "10.0.0.5",
            "10.0.0.6",
            "10.9.9.9",
            "11.0.0.0",
            "fd00::5",
            "fd00::1",
            "fd00:1::1",
            "fe80::1",
            "::")) {
      frames.add(holding(60, 20, Frames.ip(address)));
    }
    Expr[] wide = {new Expr.Load(num(20), 8), new Expr.Load(num(28), 8)};
    Expr narrow = new Expr.Load(num(20), 4);
    for (PolicySet set :
        List.of(PolicySet.SOURCE_IPV4, PolicySet.OWN_IPV4, PolicySet.TRUSTED_IPV4)) {
      compare(asking(member(set, narrow)), frames);
    }
    for (PolicySet set :
        List.of(PolicySet.SOURCE_IPV6, PolicySet.OWN_IPV6, PolicySet.TRUSTED_IPV6)) {
      compare(asking(member(set, wide)), frames);
    }
  }

  @Test
  void shouldKnowMacsAndVteps() {
    List<Frame> macs = new ArrayList<>();
    for (MacAddress mac : List.of(Frames.MAC, Frames.OTHER_MAC, MacAddress.ZERO)) {
      macs.add(holding(60, 20, mac.toBytes()));
    }
    compare(asking(member(PolicySet.MAC, new Expr.Load(num(20), 6))), macs);
    List<Frame> vteps = new ArrayList<>();
    for (String address : List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1", "::")) {
      for (int port : new int[] {4789, 8472, 5000, 0}) {
        byte[] octets = Arrays.copyOf(Frames.ip(address), 16);
        vteps.add(holding(60, 20, Frames.join(octets, Frames.u16(port))));
      }
    }
    compare(asking(member(PolicySet.VTEP_IPV4, new Expr.Load(num(20), 4), u16(36))), vteps);
    compare(
        asking(
            member(
                PolicySet.VTEP_IPV6,
                new Expr.Load(num(20), 8),
                new Expr.Load(num(28), 8),
                u16(36))),
        vteps);
  }

  @Test
  void shouldKnowClientIdentifiersOfEveryLength() {
    byte[] longest = new byte[256];
    Arrays.fill(longest, (byte) 0x5a);
    List<Frame> frames = List.of(holding(60, 20, Frames.bytes(1, 2)), holding(400, 20, longest));
    for (long size : new long[] {0, 1, 2, 3, 39, 40, 41, 255, 256, 257, -1, 1L << 32}) {
      compare(asking(memberBytes(PolicySet.CLIENT_ID, num(20), num(size))), frames);
    }
    for (long at : new long[] {0, 19, 21, 58, 59, 60, 144, 145, 400, -1, (1L << 32) + 20}) {
      compare(asking(memberBytes(PolicySet.CLIENT_ID, num(at), num(2))), frames);
      compare(asking(memberBytes(PolicySet.CLIENT_ID, num(at), num(256))), frames);
    }
    compare(asking(memberBytes(PolicySet.CLIENT_ID, u8(20), u8(21))));
  }

  @Test
  void shouldBranch() {
    compare(
        new RuleModel(
            List.of(
                either(
                    eq(u8(20), 0),
                    List.of(let("a", num(1)), when(eq(u8(21), 1), pass("one"))),
                    List.of(let("a", u8(90)), dropIf("two", DropReason.LLC, eq(u8(22), 2)))),
                when(eq(var("a"), 1), drop("three", DropReason.ETHERTYPE)),
                pass("four"))));
  }

  private static RuleModel looping(int bound, Cond condition, Step... body) {
    return new RuleModel(
        List.of(
            let("at", num(16)),
            let("sum", num(0)),
            repeat(bound, condition, drop("bound", DropReason.IPV6_EXTENSION_LIMIT), List.of(body)),
            dropIf("odd", DropReason.LLC, eq(and(var("sum"), 1), 1)),
            pass("even")));
  }

  private static final Step NEXT = let("at", plus(var("at"), 1));
  private static final Step SUM = let("sum", plus(var("sum"), u8(var("at"))));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 64, 2048})
  void shouldGoRoundUpToTheBound(int bound) {
    compare(looping(bound, lt(var("at"), num(16)), SUM, NEXT));
    compare(looping(bound, lt(var("at"), num(16 + bound)), SUM, NEXT));
    compare(looping(bound, lt(var("at"), num(17 + bound)), SUM, NEXT));
    compare(looping(bound, lt(u8(var("at")), num(3)), SUM, NEXT));
  }

  @Test
  void shouldDecideWithinALoop() {
    Cond always = eq(num(1), 1);
    compare(
        looping(
            500,
            always,
            when(eq(u8(var("at")), 3), pass("three")),
            dropIf("two", DropReason.VLAN_TAG, eq(u8(plus(var("at"), 1)), 2)),
            SUM,
            NEXT));
    compare(looping(500, always, pass("at once")));
    compare(looping(500, always, drop("at once", DropReason.VLAN_TAG)));
    compare(looping(500, memberBytes(PolicySet.CLIENT_ID, var("at"), num(2)), NEXT));
    compare(looping(500, not(memberBytes(PolicySet.CLIENT_ID, var("at"), num(2))), NEXT));
    compare(looping(500, not(member(PolicySet.MAC, new Expr.Load(var("at"), 6))), NEXT));
  }

  @Test
  void shouldLoopWithinALoop() {
    Step inner =
        repeat(
            6,
            lt(var("in"), u8(var("at"))),
            drop("inner", DropReason.ND_OPTION_LIMIT),
            List.of(
                let("in", plus(var("in"), 1)),
                SUM,
                when(eq(u8(plus(var("at"), var("in"))), 200), pass("deep")),
                dropIf("deeper", DropReason.VLAN_TAG, eq(u8(plus(var("at"), 90)), 99))));
    compare(looping(40, lt(var("at"), num(50)), let("in", num(0)), inner, NEXT));
  }

  @Test
  void shouldDropForTheReasonsOfTheModel() {
    RuleModel model =
        new RuleModel(
            List.of(dropIf("x", DropReason.LLC, eq(u8(300), 1)), pass("y")),
            DropReason.RX_NO_POLICY,
            DropReason.RX_TRUNCATED);
    compare(model);
    new PolicyTable(maps).remove(LOOPBACK);
    try (LoadedModel loaded = new LoadedModel(maps, Direction.TO_ZONE, model)) {
      assertThat(loaded.rehearse(Frame.of(new byte[60]))).contains(DropReason.RX_NO_POLICY);
    }
    assertThat(EnumSet.allOf(DropReason.class)).allMatch(r -> r.number() < GuardMaps.COUNTERS);
  }
}
