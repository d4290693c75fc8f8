/**
 * The verbs, as the daemon runs them.
 *
 * <p>A {@link io.arbalest.cli.verb.Tool} is one command of illumos's ({@code dladm}, {@code
 * zoneadm}, ...); most have {@link io.arbalest.cli.verb.Subcommands}. {@link
 * io.arbalest.cli.verb.Toolbox} finds the tool that a command line means. A verb reads its options,
 * asks or changes the {@link io.arbalest.zone.Host}, and prints. It fails by {@link
 * io.arbalest.cli.verb.VerbException}, whose text is the line after {@code dladm:}; texts, columns
 * and exit codes are illumos's, so that scripts written for it work.
 */
@NullMarked
package io.arbalest.cli.verb;

import org.jspecify.annotations.NullMarked;
