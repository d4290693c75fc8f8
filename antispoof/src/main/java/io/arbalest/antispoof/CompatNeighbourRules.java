package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.gt;
import static io.arbalest.antispoof.rules.Dsl.length;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.ne;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.num;
import static io.arbalest.antispoof.rules.Dsl.or;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.repeat;
import static io.arbalest.antispoof.rules.Dsl.shl;
import static io.arbalest.antispoof.rules.Dsl.u48;
import static io.arbalest.antispoof.rules.Dsl.u64;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.Step;
import java.util.List;

/** Rules on neighbour discovery as illumos has them: right after the fixed header alone. */
final class CompatNeighbourRules {
  /** More options than fit into a frame of 1,500 bytes. */
  static final int MAX_OPTIONS = 256;

  private static final int MESSAGE = Ipv6Rules.AFTER_HEADER;
  private static final int ICMPV6_HEADER = 8;

  private CompatNeighbourRules() {}

  static List<Step> steps() {
    return List.of(
        dropIf("compat.icmpv6-cut", DropReason.IPV6_LENGTH, lt(length(), MESSAGE + ICMPV6_HEADER)),
        let("icmp", u8(MESSAGE)),
        when(NeighbourRules.discovery(), discovery()));
  }

  private static List<Step> discovery() {
    Expr type = var("icmp");
    return List.of(
        NeighbourRules.fixedPart(),
        let("option", plus(var("fixed"), MESSAGE)),
        dropIf("compat.nd-cut", DropReason.IPV6_LENGTH, lt(length(), var("option"))),
        let("kind", num(NeighbourRules.SOURCE_LINK_ADDRESS)),
        when(eq(type, NeighbourRules.NEIGHBOUR_ADVERTISEMENT), advertisement()),
        when(
            ne(type, NeighbourRules.REDIRECT),
            // What is not longer than an option's header is none.
            repeat(
                MAX_OPTIONS,
                lt(plus(var("option"), 2), length()),
                drop("compat.nd-option-limit", DropReason.ND_OPTION_LIMIT),
                option())));
  }

  private static List<Step> advertisement() {
    Expr high = u64(MESSAGE + NeighbourRules.TARGET);
    Expr low = u64(MESSAGE + NeighbourRules.TARGET + 8);
    return List.of(
        dropIf(
            "compat.nd-target",
            DropReason.ND_TARGET,
            all(ne(or(high, low), 0), not(Ipv6Rules.own(high, low)))),
        let("kind", num(NeighbourRules.TARGET_LINK_ADDRESS)));
  }

  /** The first option of the one kind that matters decides. */
  private static List<Step> option() {
    Expr at = var("option");
    Expr size = var("size");
    return List.of(
        let("size", shl(u8(plus(at, 1)), 3)),
        dropIf(
            "compat.nd-option-length",
            DropReason.ND_OPTION_MALFORMED,
            any(eq(size, 0), gt(plus(at, size), length()))),
        when(
            eq(u8(at), var("kind")),
            dropIf(
                "compat.nd-link-address",
                DropReason.ND_LINK_ADDRESS,
                any(ne(size, 8), ne(u48(plus(at, 2)), var(LinkRules.MAC)))),
            let("size", length())),
        let("option", plus(at, size)));
  }
}
