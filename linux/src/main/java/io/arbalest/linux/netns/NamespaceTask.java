package io.arbalest.linux.netns;

import org.jspecify.annotations.Nullable;

/**
 * Work to do inside a namespace.
 *
 * @param <T> what it returns
 * @param <E> the checked exception it may throw; inferred as none for a lambda that throws none
 */
@FunctionalInterface
public interface NamespaceTask<T extends @Nullable Object, E extends Exception> {
  T call() throws E;
}
