/**
 * The thin client: what runs in the operator's shell.
 *
 * <p>It knows no verb. It finds the daemon of the wanted host, starts the global one when it is
 * missing, sends the command line with what the verb may need of the caller's surroundings, and
 * copies the answer's frames to the terminal. One thing the daemon cannot do for the caller: run a
 * command on the caller's terminal inside a zone. For that the daemon answers with an argument
 * vector, and the client becomes that command.
 *
 * <p>This package uses the JDK only, and of that as little as it can: every class that is loaded is
 * paid for by every command typed. It is packed into a jar of its own, so that the JVM's AOT cache
 * covers all of it.
 */
@NullMarked
package io.arbalest.cli.client;

import org.jspecify.annotations.NullMarked;
