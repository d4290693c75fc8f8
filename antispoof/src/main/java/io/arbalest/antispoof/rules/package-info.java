/**
 * The language in which protection is written, and its meaning.
 *
 * <p>A {@link io.arbalest.antispoof.rules.RuleModel} is data: a list of {@link
 * io.arbalest.antispoof.rules.Step steps} over the bytes of one Ethernet frame and the fields of
 * one port's policy. It knows neither BPF nor the kernel. {@link
 * io.arbalest.antispoof.rules.ReferenceEvaluator} gives each construct its meaning in plain Java;
 * the compiler to BPF lives elsewhere and shares nothing with it but this data, so that the two can
 * be tried against each other.
 *
 * <p>What holds for every model and every frame:
 *
 * <ul>
 *   <li><b>Total.</b> Evaluation ends with exactly one {@link io.arbalest.antispoof.rules.Verdict}.
 *       Loops carry a bound, and there are no exceptions: a load that reaches beyond the end of the
 *       frame ends the evaluation with the reason that the model has for it.
 *   <li><b>64 bits, unsigned.</b> All values are 64 bits wide, all arithmetic wraps, all
 *       comparisons are unsigned. Multi-byte loads are big-endian.
 *   <li><b>No drop without a reason.</b> Every {@code Drop} step names a {@link
 *       io.arbalest.antispoof.rules.DropReason}, and every {@code Drop} and {@code Pass} step
 *       carries a rule name that is unique in its model.
 * </ul>
 */
@NullMarked
package io.arbalest.antispoof.rules;

import org.jspecify.annotations.NullMarked;
