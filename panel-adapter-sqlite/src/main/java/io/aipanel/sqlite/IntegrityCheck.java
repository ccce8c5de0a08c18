package io.aipanel.sqlite;

import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.sqlite.storage.Store;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** SQLite's own examination of a file: its pages and indexes, then the references between rows, then what is the file's own. */
final class IntegrityCheck {

    private IntegrityCheck() {}

    /** What is wrong with a store, in words. */
    static List<String> of(Store store) {
        return of(store, connection -> List.of());
    }

    /**
     * What is wrong with a store, in words.
     *
     * @param further finds what SQLite knows nothing of
     */
    static List<String> of(Store store, Function<StoreConnection, List<String>> further) {
        try {
            return store.readPatiently(connection -> run(store, connection, further));
        } catch (StoreCorrupt e) {
            // Too damaged to be examined to the end.
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> run(
            Store store, StoreConnection connection, Function<StoreConnection, List<String>> further) {
        List<String> problems = new ArrayList<>();
        connection.handle().createQuery("PRAGMA integrity_check").mapTo(String.class).stream()
                .filter(line -> !line.equals("ok"))
                .forEach(line -> problems.add(store.file() + ": " + line));
        connection
                .handle()
                .createQuery("PRAGMA foreign_key_check")
                .map((row, context) -> store.file() + ": row " + row.getLong("rowid") + " of " + row.getString("table")
                        + " refers to a row of " + row.getString("parent") + " that does not exist")
                .forEach(problems::add);
        further.apply(connection).forEach(problem -> problems.add(store.file() + ": " + problem));
        return problems;
    }
}
