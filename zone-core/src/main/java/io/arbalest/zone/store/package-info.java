/**
 * What is wanted, remembered across restarts: one JSON file per object.
 *
 * <p>Three promises. An answer that a spec is stored means that it survives a power cut: temporary
 * file, fsync, rename, fsync of the folder. A file that cannot be understood is evidence, not
 * rubbish: it is renamed, named in the daemon's health, and the kernel objects that it may have
 * described are left alone. And a file is read with suspicion: only from a folder that belongs to
 * this user and is closed to others, never through a symbolic link, never over 1 MiB or nested
 * deeper than 32, never with a field that is not known.
 */
@NullMarked
package io.arbalest.zone.store;

import org.jspecify.annotations.NullMarked;
