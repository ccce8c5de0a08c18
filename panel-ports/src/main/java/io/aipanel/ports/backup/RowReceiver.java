package io.aipanel.ports.backup;

import org.jspecify.annotations.Nullable;

/** Is given the rows of stores one by one, in the form that every engine has. For one thread. */
@FunctionalInterface
public interface RowReceiver {

    /**
     * Takes a row. All rows of a table come one after the other, in any order, and after all those of the tables that it refers
     * to; of {@link PortableTables#COUNTERS} after all others of the store.
     *
     * @param table one of {@link PortableTables}
     * @param row a value for each of its columns, of their {@linkplain PortableTable.Kind kinds}. Nobody changes it afterwards
     */
    void take(PortableTable table, @Nullable Object[] row);
}
