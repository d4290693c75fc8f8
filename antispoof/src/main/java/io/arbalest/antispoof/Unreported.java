package io.arbalest.antispoof;

/**
 * What a port's programs had to tell and did not. Drops are counted all the same.
 *
 * @param drops since the port's last event
 * @param dropsWithoutRoom drops that had no event because the ring was full, ever
 * @param notes since the port's last note
 * @param notesWithoutRoom notes that were lost because the ring was full, ever
 */
public record Unreported(long drops, long dropsWithoutRoom, long notes, long notesWithoutRoom) {}
