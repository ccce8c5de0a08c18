package io.aipanel.postgres.storage;

import io.aipanel.domain.storage.ChangeLog;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What this program makes of a store's schema, and how far the database has come.
 *
 * @param store which store; the schema has its name
 * @param changes the change log of this program
 */
record StoreSchema(StoreName store, ChangeLog changes) {

    /** The three schemas, in the order of {@link StoreName}. */
    static List<StoreSchema> all() {
        List<StoreSchema> all = new ArrayList<>();
        for (StoreName store : StoreName.values()) {
            all.add(of(store));
        }
        return all;
    }

    static StoreSchema of(StoreName store) {
        return new StoreSchema(store, ChangeLog.parse(read(resource(store))));
    }

    /** The name of the schema. */
    String name() {
        return store.wireName();
    }

    /** Where the change log is on the class path. */
    String resource() {
        return resource(store);
    }

    /** Whether somebody has made the schema already. */
    boolean exists(Connection connection) throws SQLException {
        return isThere(connection, "to_regnamespace('" + name() + "')");
    }

    /** The ids of the changes that the database has gone through; none if there is no schema yet. */
    List<String> applied(Connection connection) throws SQLException {
        List<String> ids = new ArrayList<>();
        if (!exists(connection) || !isThere(connection, "to_regclass('" + name() + ".databasechangelog')")) {
            return ids;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id FROM " + name() + ".databasechangelog ORDER BY orderexecuted")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    private static boolean isThere(Connection connection, String lookup) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + lookup + " IS NOT NULL")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static String resource(StoreName store) {
        return "io/aipanel/migrations/" + store.wireName() + "/postgres/changelog.sql";
    }

    private static String read(String resource) {
        try (InputStream in = StoreSchema.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        resource + " is not on the class path: add io.aipanel:migrations of the same version");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }
}
