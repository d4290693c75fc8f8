package io.arbalest.zone.store;

/**
 * A file that could not be understood and was renamed.
 *
 * @param folder the kind's folder name
 * @param key the name of the object that the file was for, as far as the file's name tells
 * @param file the file's present name
 * @param reason why it was set aside, or that this happened in an earlier run
 */
public record SetAside(String folder, String key, String file, String reason) {}
