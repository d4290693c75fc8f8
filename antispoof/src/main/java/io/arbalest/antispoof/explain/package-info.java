/**
 * Why a frame passes or not, said so that an operator can act on it.
 *
 * <p>{@link io.arbalest.antispoof.explain.Dissection} reads any bytes as a frame. {@link
 * io.arbalest.antispoof.explain.Explanation} is the rule model's verdict on one, with the {@link
 * io.arbalest.antispoof.explain.Remedy} of its reason. {@link io.arbalest.antispoof.explain.Corpus}
 * makes honest and hostile frames for a policy, and {@link io.arbalest.antispoof.explain.PcapCodec}
 * reads and writes captures. Everything here is pure: what the kernel's program says of the same
 * frame is for the caller to ask, and to compare.
 */
@NullMarked
package io.arbalest.antispoof.explain;

import org.jspecify.annotations.NullMarked;
