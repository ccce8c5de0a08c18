package io.aipanel.ports.backup;

import io.aipanel.ports.storage.StoreName;
import java.util.ArrayList;
import java.util.List;

/**
 * A table as every engine has it, whatever its own looks like. See {@link PortableTables}.
 *
 * @param store which store it is in
 * @param name its name, the same on every engine
 * @param columns its columns; their names are the same on every engine
 */
public record PortableTable(StoreName store, String name, List<Column> columns) {

    /** Keeps its own copy of the list. */
    public PortableTable {
        columns = List.copyOf(columns);
    }

    /** What a value is, if it is not null. */
    public enum Kind {
        /** A {@link Long}. Lengths of time are microseconds. */
        NUMBER,
        /** A {@link Double}. */
        REAL,
        /** A {@link Boolean}. */
        FLAG,
        /** A {@link Long}: microseconds since 1970-01-01T00:00:00Z. */
        TIME,
        /** A {@link String}, to the letter. Ids that are UUIDs are in lower case. */
        TEXT,
        /** An array of {@code byte}. */
        BYTES
    }

    /**
     * A column.
     *
     * @param name its name
     * @param kind what its values are
     */
    public record Column(String name, Kind kind) {}

    /** Where a column stands in a row; -1 if there is none of this name. */
    public int position(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    /** The same with further columns. */
    PortableTable with(Kind kind, String... names) {
        List<Column> more = new ArrayList<>(columns);
        for (String each : names) {
            more.add(new Column(each, kind));
        }
        return new PortableTable(store, name, more);
    }

    PortableTable numbers(String... names) {
        return with(Kind.NUMBER, names);
    }

    PortableTable reals(String... names) {
        return with(Kind.REAL, names);
    }

    PortableTable flags(String... names) {
        return with(Kind.FLAG, names);
    }

    PortableTable times(String... names) {
        return with(Kind.TIME, names);
    }

    PortableTable texts(String... names) {
        return with(Kind.TEXT, names);
    }

    PortableTable bytes(String... names) {
        return with(Kind.BYTES, names);
    }

    @Override
    public String toString() {
        return store.wireName() + "." + name;
    }
}
