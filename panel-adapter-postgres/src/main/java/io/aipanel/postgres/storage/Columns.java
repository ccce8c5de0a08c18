package io.aipanel.postgres.storage;

import java.util.Collection;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that a statement unnests: one column of the rows of a batch. As arrays of the very type, which the driver sends in
 * binary form; Jdbi's own arrays of objects it writes out as text, at a multiple of the cost for both sides.
 */
public final class Columns {

    private Columns() {}

    /** A column of {@code text}; null where a row has no value. */
    public static <T> Argument texts(Collection<T> rows, Function<? super T, @Nullable String> value) {
        return array("text", rows.stream().map(value).toArray(String[]::new));
    }

    /** A column of {@code bigint}; null where a row has no value. */
    public static <T> Argument longs(Collection<T> rows, Function<? super T, @Nullable Long> value) {
        return array("int8", rows.stream().map(value).toArray(Long[]::new));
    }

    /** A column of {@code integer}; null where a row has no value. */
    public static <T> Argument integers(Collection<T> rows, Function<? super T, @Nullable Integer> value) {
        return array("int4", rows.stream().map(value).toArray(Integer[]::new));
    }

    /** A column of {@code bytea}. */
    public static <T> Argument bytes(Collection<T> rows, Function<? super T, byte[]> value) {
        return array("bytea", rows.stream().map(value).toArray(byte[][]::new));
    }

    private static Argument array(String type, @Nullable Object[] values) {
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }
}
