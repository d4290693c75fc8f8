package io.arbalest.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that makes namespaces, links or BPF programs.
 *
 * <p>Without root it is reported as skipped, with the reason. With root a {@link Census} is taken
 * before and after each test method, and the test fails if the two differ: it must leave no trace.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("privileged")
@ExtendWith({RootCondition.class, CensusExtension.class})
public @interface Privileged {}
