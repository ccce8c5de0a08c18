package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.StoreName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for damage: reads every value, so that the server checks its pages, has it check its indexes where the
 * extension amcheck is installed, and looks for rows that refer to nothing, which a restored or repaired database may
 * have.
 */
final class DamageCheck {

    private static final List<Rule> RULES = List.of(
            dangling("roles of users who do not exist", "panel.user_roles", "user_id", "panel.users (id)"),
            dangling("users with roles that do not exist", "panel.user_roles", "role", "panel.roles (name)"),
            dangling("permissions of roles that do not exist", "panel.role_permissions", "role", "panel.roles (name)"),
            dangling("sessions of users who do not exist", "panel.sessions", "user_id", "panel.users (id)"),
            dangling("API tokens of users who do not exist", "panel.api_tokens", "user_id", "panel.users (id)"),
            dangling("sites of users who do not exist", "panel.sites", "owner", "panel.users (id)"),
            dangling("names of sites that do not exist", "panel.site_names", "site_id", "panel.sites (id)"),
            dangling("databases of sites that do not exist", "panel.site_databases", "site_id", "panel.sites (id)"),
            new Rule("sites without exactly one primary name", """
                    SELECT count(*) FROM panel.sites AS site
                    WHERE 1 <> (SELECT count(*) FROM panel.site_names WHERE site_id = site.id AND is_primary)
                    """),
            new Rule("audit events missing or too many", """
                    SELECT abs(count(*) - (SELECT size - cut FROM audit.tree)) FROM audit.events
                    WHERE index >= (SELECT cut FROM audit.tree)
                    """),
            new Rule(
                    "audit events beyond the end of the log",
                    "SELECT count(*) FROM audit.events WHERE index >= (SELECT size FROM audit.tree)"),
            new Rule(
                    "jobs that are both waiting and finished",
                    "SELECT count(*) FROM queue.jobs JOIN queue.finished_jobs USING (id)"));

    private final Transactions transactions;
    private final Connections target;
    private final Failures failures;

    DamageCheck(Transactions transactions, Connections target, Failures failures) {
        this.transactions = transactions;
        this.target = target;
        this.failures = failures;
    }

    List<String> run() {
        List<String> found = new ArrayList<>();
        try (Call call = transactions.beginUntimed();
                Connection connection = target.openPatient()) {
            call.connected(connection);
            for (StoreName store : StoreName.values()) {
                for (String table : names(connection, store, "relkind IN ('r', 'p') AND NOT relispartition")) {
                    // The text of a whole row needs every one of its values, those that are stored apart included.
                    number(
                            connection,
                            table,
                            "SELECT coalesce(sum(length(t::text)), 0) FROM " + table + " AS t",
                            found);
                }
                if (canCheckIndexes(connection)) {
                    for (String index : names(connection, store, "relkind = 'i'")) {
                        number(
                                connection,
                                index,
                                "SELECT 0 FROM bt_index_check('" + index + "'::regclass) AS checked",
                                found);
                    }
                }
            }
            for (Rule rule : RULES) {
                long broken = number(connection, rule.what(), rule.count(), found);
                if (broken > 0) {
                    found.add(rule.what() + ": " + broken);
                }
            }
        } catch (SQLException e) {
            throw transactions.isClosed() ? Failures.closed() : failures.ofStatement(e);
        }
        return found;
    }

    /** Runs a statement that answers a number; damage that it meets is a finding. */
    private long number(Connection connection, String what, String sql, List<String> found) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith("XX")) {
                throw e;
            }
            found.add(what + ": " + SqlStates.said(e));
            return 0;
        }
    }

    private static boolean canCheckIndexes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT coalesce(
                            has_function_privilege(to_regprocedure('bt_index_check(regclass)'), 'EXECUTE'), false)
                        """)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static List<String> names(Connection connection, StoreName store, String kinds) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT relname FROM pg_class WHERE " + kinds
                        + " AND relnamespace = to_regnamespace('" + store.wireName() + "') ORDER BY relname")) {
            while (rows.next()) {
                names.add(store.wireName() + "." + rows.getString(1));
            }
        }
        return names;
    }

    /**
     * A rule that counts the rows which refer to nothing.
     *
     * @param target a table and, in brackets, the column that is referred to
     */
    private static Rule dangling(String what, String table, String column, String target) {
        int bracket = target.indexOf(" (");
        return new Rule(what, """
                SELECT count(*) FROM %s AS source
                WHERE NOT EXISTS (SELECT FROM %s AS target WHERE target.%s = source.%s)
                """.formatted(
                table, target.substring(0, bracket), target.substring(bracket + 2, target.length() - 1), column));
    }

    /**
     * Something that is never true of a sound storage.
     *
     * @param what what was found, in words
     * @param count a statement that counts it
     */
    private record Rule(String what, String count) {}
}
