package io.aipanel.postgres.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database beside that of a storage, where copies are tried out; it goes when this is closed. What a process that was killed
 * has left goes with the next one: databases with a name and a comment of this class that nobody is connected to.
 */
public final class TrialDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrialDatabase.class);

    private static final String PREFIX = "panel_trial_";

    private static final String COMMENT = "the panel tries a backup out here, and removes it";

    private static final String LEFT = """
            SELECT datname FROM pg_database
            WHERE datname ~ '^panel_trial_[0-9a-f]{32}$' AND shobj_description(oid, 'pg_database') = ?
              AND pg_has_role(datdba, 'USAGE') AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE datid = pg_database.oid)
            """;

    private final Connections server;
    private final String name;
    private final Connection keeper;

    private TrialDatabase(Connections server, String name, Connection keeper) {
        this.server = server;
        this.name = name;
        this.keeper = keeper;
    }

    /** Whether the role may make databases. */
    public static boolean isPossible(Connections server, Failures failures) {
        try (Connection connection = server.open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException e) {
            throw failures.ofOpening(e);
        }
    }

    /**
     * Makes an empty one.
     *
     * @param server reaches the database of the storage
     * @param beside reaches another one, by its name
     */
    public static TrialDatabase make(Connections server, Function<String, Connections> beside, Failures failures) {
        String name = PREFIX + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = server.openPatient();
                Statement statement = connection.createStatement()) {
            for (String left : left(connection)) {
                drop(statement, left, "");
            }
            statement.execute("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
            boolean made = false;
            try {
                statement.execute("COMMENT ON DATABASE " + name + " IS '" + COMMENT + "'");
                TrialDatabase trial =
                        new TrialDatabase(server, name, beside.apply(name).openPatient());
                made = true;
                return trial;
            } finally {
                if (!made) {
                    drop(statement, name, " WITH (FORCE)");
                }
            }
        } catch (SQLException e) {
            throw failures.ofOpening(e);
        }
    }

    private static List<String> left(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LEFT)) {
            statement.setString(1, COMMENT);
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }

    /** What cannot be dropped now is with a later trial. */
    private static void drop(Statement statement, String name, String how) {
        try {
            statement.execute("DROP DATABASE IF EXISTS " + name + how);
        } catch (SQLException e) {
            LOG.warn(
                    "the database {}, where a backup was tried out, could not be removed; the next trial does",
                    name,
                    e);
        }
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Removes it, with whatever is connected to it. */
    @Override
    public void close() {
        try (Connection connection = server.openPatient();
                Statement statement = connection.createStatement()) {
            keeper.close();
            drop(statement, name, " WITH (FORCE)");
        } catch (SQLException e) {
            LOG.warn(
                    "the database {}, where a backup was tried out, could not be removed; the next trial does",
                    name,
                    e);
        }
    }
}
