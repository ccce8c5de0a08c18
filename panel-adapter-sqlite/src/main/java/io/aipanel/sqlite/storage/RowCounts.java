package io.aipanel.sqlite.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** How many rows the tables of a file have. */
public final class RowCounts {

    private RowCounts() {}

    /** The number of rows of each table of the panel's own, by its name. */
    public static Map<String, Long> of(Handle handle) {
        Map<String, Long> rows = new LinkedHashMap<>();
        handle.createQuery("""
                SELECT name FROM sqlite_schema
                WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name NOT LIKE 'databasechangelog%'
                ORDER BY name
                """)
                .mapTo(String.class)
                .list()
                .forEach(table -> rows.put(
                        table,
                        handle.createQuery("SELECT count(*) FROM \"" + table + "\"")
                                .mapTo(Long.class)
                                .one()));
        return rows;
    }
}
