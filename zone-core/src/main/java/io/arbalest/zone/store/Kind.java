package io.arbalest.zone.store;

import java.util.function.Function;

/**
 * A kind of object that is stored.
 *
 * @param folder the folder of this kind's files, within the state folder
 * @param type the spec's type
 * @param key the object's name among its kind: letters, digits and {@code . _ @ -}. It becomes the
 *     file's name
 */
public record Kind<T>(String folder, Class<T> type, Function<T, String> key) {}
