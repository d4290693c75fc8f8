/**
 * Where is a MAC address, and who has an IP address: the directory of one overlay.
 *
 * <p>A {@link io.arbalest.overlay.directory.Directory} is one search plugin at work: {@link
 * io.arbalest.overlay.directory.FilesDirectory} (a JSON file in illumos's format) or {@link
 * io.arbalest.overlay.directory.DirectDirectory} (one peer gets everything). Whatever a plugin
 * knows it compiles into an immutable {@link io.arbalest.overlay.directory.DirectorySnapshot},
 * which the packet loop reads and a change replaces as a whole: no packet ever meets half a change.
 *
 * <p>A directory that cannot read its source keeps what it knew and says so in one sentence ({@link
 * io.arbalest.overlay.directory.DirectoryHealth}); the link stays up.
 */
@NullMarked
package io.arbalest.overlay.directory;

import org.jspecify.annotations.NullMarked;
