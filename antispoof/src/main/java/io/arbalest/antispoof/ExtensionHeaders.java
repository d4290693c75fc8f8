package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.ne;
import static io.arbalest.antispoof.rules.Dsl.num;
import static io.arbalest.antispoof.rules.Dsl.oneOf;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.repeat;
import static io.arbalest.antispoof.rules.Dsl.shl;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.Step;
import java.util.List;

/**
 * The walk over IPv6 extension headers (RFC 8200 section 4, RFC 7045). It starts with the variables
 * {@code next}, the kind of the first header, {@code at}, where it begins, {@code end}, where the
 * packet ends, {@code extended} and {@code fragment}, both 0; and leaves the same of the upper
 * layer, {@code extended} and {@code fragment} set to 1 if there was such a header.
 */
final class ExtensionHeaders {
  /** As many as RFC 8200 section 4.1 lists. */
  static final int MAX = 6;

  static final int FRAGMENT = 44;
  static final int FRAGMENT_HEADER = 8;
  static final int FRAGMENT_OFFSET_BITS = 0xfff8;

  private static final int AUTHENTICATION = 51;

  /** Hop-by-hop, routing, fragment, AH, destination, mobility, HIP, shim6: those with a "next". */
  private static final long[] KINDS = {0, 43, FRAGMENT, AUTHENTICATION, 60, 135, 139, 140};

  private ExtensionHeaders() {}

  /** Whether the next header is an extension header. */
  static Cond present() {
    return oneOf(var("next"), KINDS);
  }

  /**
   * The walk.
   *
   * @param limit ends it after {@link #MAX} headers
   * @param cut what becomes of a packet that ends inside a header; it runs when {@code at} is
   *     beyond {@code end}
   * @param laterFragment what becomes of a fragment other than the first one, which can not be
   *     looked into; it ends the evaluation
   */
  static Step walk(Step.Drop limit, Step cut, List<Step> laterFragment) {
    Expr at = var("at");
    return repeat(
        MAX,
        present(),
        limit,
        List.of(
            let("kind", var("next")),
            let("next", u8(at)),
            let("extended", num(1)),
            either(eq(var("kind"), FRAGMENT), fragment(laterFragment), List.of(skip())),
            cut));
  }

  private static Step skip() {
    Expr at = var("at");
    Expr units = u8(plus(at, 1));
    return either(
        eq(var("kind"), AUTHENTICATION),
        List.of(let("at", plus(at, shl(plus(units, 2), 2)))),
        List.of(let("at", plus(at, shl(plus(units, 1), 3)))));
  }

  private static List<Step> fragment(List<Step> laterFragment) {
    Expr at = var("at");
    return List.of(
        let("fragment", num(1)),
        when(ne(and(u16(plus(at, 2)), FRAGMENT_OFFSET_BITS), 0), laterFragment),
        let("at", plus(at, FRAGMENT_HEADER)));
  }
}
