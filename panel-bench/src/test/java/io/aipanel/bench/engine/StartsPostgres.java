package io.aipanel.bench.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Starts PostgreSQL, which only one test does at a time: servers that one process has started share their programs, and the
 * first one that ends removes them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock("PostgreSQL")
public @interface StartsPostgres {}
