package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreCorrupt;
import java.util.ArrayList;
import java.util.List;

/** SQLite's own examination of a file: its pages and indexes, then the references between rows. */
public final class IntegrityCheck {

    private IntegrityCheck() {}

    /** What is wrong with a store, in words. */
    public static List<String> of(Store store) {
        try {
            return store.readPatiently(connection -> of(store.file(), connection));
        } catch (StoreCorrupt e) {
            // Too damaged to be examined to the end.
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * What is wrong with a file, in words.
     *
     * @param file which one, for the words
     * @param connection a connection to it
     */
    public static List<String> of(StoreFile file, StoreConnection connection) {
        List<String> problems = new ArrayList<>();
        connection.handle().createQuery("PRAGMA integrity_check").mapTo(String.class).stream()
                .filter(line -> !line.equals("ok"))
                .forEach(line -> problems.add(file + ": " + line));
        connection
                .handle()
                .createQuery("PRAGMA foreign_key_check")
                .map((row, context) -> file + ": row " + row.getLong("rowid") + " of " + row.getString("table")
                        + " refers to a row of " + row.getString("parent") + " that does not exist")
                .forEach(problems::add);
        return problems;
    }
}
