package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreCorrupt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** SQLite's own examination of a file: its pages and indexes, then the references between rows, then what is the file's own. */
public final class IntegrityCheck {

    private IntegrityCheck() {}

    /** What is wrong with a store, in words. */
    public static List<String> of(Store store) {
        return of(store, connection -> List.of());
    }

    /**
     * What is wrong with a store, in words.
     *
     * @param further finds what SQLite knows nothing of
     */
    public static List<String> of(Store store, Function<StoreConnection, List<String>> further) {
        try {
            return store.readPatiently(connection -> {
                List<String> problems = of(store.file(), connection);
                if (problems.isEmpty()) {
                    further.apply(connection).forEach(problem -> problems.add(store.file() + ": " + problem));
                }
                return problems;
            });
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
        List<String> problems = pages(file, connection);
        if (problems.isEmpty()) {
            connection
                    .handle()
                    .createQuery("PRAGMA foreign_key_check")
                    .map((row, context) -> file + ": row " + row.getLong("rowid") + " of " + row.getString("table")
                            + " refers to a row of " + row.getString("parent") + " that does not exist")
                    .forEach(problems::add);
        }
        return problems;
    }

    private static List<String> pages(StoreFile file, StoreConnection connection) {
        return connection.prepared("PRAGMA integrity_check", statement -> {
            List<String> problems = new ArrayList<>();
            try (ResultSet lines = statement.executeQuery()) {
                while (lines.next()) {
                    if (!"ok".equals(lines.getString(1))) {
                        problems.add(file + ": " + lines.getString(1));
                    }
                }
            } catch (SQLException e) {
                // After it has said which page is damaged, it may stumble over that page itself.
                if (problems.isEmpty() || !SqliteErrors.isDamage(e)) {
                    throw e;
                }
            }
            return problems;
        });
    }
}
