package io.aipanel.postgres.storage;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Where the statements of a repository run: each call in a transaction of its own, or all of them in one that is under
 * way. Driver exceptions come out as one of the {@link io.aipanel.ports.storage.StoreException} kinds.
 */
public interface Database {

    /** Runs one statement that changes nothing. */
    <T> T read(Function<? super Handle, ? extends T> statement);

    /**
     * Runs statements that belong together: if one fails, or this throws for another reason, none of them has happened.
     * They may be run more than once.
     */
    <T> T change(Function<? super Handle, ? extends T> statements);

    /** Runs statements that change nothing but need a transaction, for settings of their own. They may be run more than once. */
    default <T> T look(Function<? super Handle, ? extends T> statements) {
        return change(statements);
    }

    /** Whether this is a transaction that more calls belong to. */
    boolean isShared();
}
